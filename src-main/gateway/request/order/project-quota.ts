// What a used-up quota of an account leads to where each project has its own: earlier ids of the model, and other
// projects of the same account or not.
import type { Config } from '../../../../src-shared/config.ts';
import type { Candidate } from '../../routing/credential.ts';
import { candidateKey, type RoutedCandidate } from '../../routing/route/routed-candidate.ts';

/** The candidates after one that answered 429, by the two switches of `quota-exceeded`. */
export function candidatesAfterQuota(
  candidate: RoutedCandidate,
  left: readonly RoutedCandidate[],
  quota: Config['quota-exceeded'],
): readonly RoutedCandidate[] {
  const { credential, model } = candidate;
  const { projectQuota } = credential.upstream;
  if (projectQuota === undefined) return left;
  const isSameAccount = (other: Candidate) =>
    other.credential.provider === credential.provider &&
    other.credential.id !== credential.id &&
    other.credential.source === credential.source;
  const others = quota['switch-project'] ? left : left.filter((other) => !isSameAccount(other));
  const previews = quota['switch-preview-model'] ? projectQuota.previewsOf(model) : [];
  return [
    ...previews.map((preview) => ({ ...candidate, model: preview, key: candidateKey(credential, preview) })),
    ...others,
  ];
}
