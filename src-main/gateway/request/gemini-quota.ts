// What a used-up quota of a Google account leads to: earlier model ids, and other projects of the same account or not.
import type { Config } from '../../../src-shared/config.ts';
import type { Candidate } from '../routing/credential.ts';
import { previewsOf } from '../routing/static-models.ts';

/** The candidates after one that answered 429, by the two switches of `quota-exceeded`. */
export function candidatesAfterQuota(
  candidate: Candidate,
  left: readonly Candidate[],
  quota: Config['quota-exceeded'],
): readonly Candidate[] {
  const { credential, model } = candidate;
  if (credential.kind !== 'gemini-cli') return left;
  const isSameAccount = (other: Candidate) =>
    other.credential.kind === 'gemini-cli' &&
    other.credential.id !== credential.id &&
    other.credential.source === credential.source;
  const others = quota['switch-project'] ? left : left.filter((other) => !isSameAccount(other));
  const previews = quota['switch-preview-model'] ? previewsOf(model) : [];
  return [...previews.map((preview) => ({ credential, model: preview })), ...others];
}
