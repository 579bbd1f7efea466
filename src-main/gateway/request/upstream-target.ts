// What the translators must know of the upstream that a request is written for.
import type { Target } from '../formats/format.ts';
import { textOf } from '../model/json.ts';
import { defaultQuirks, type Quirks } from '../model/quirks.ts';
import type { Candidate } from '../routing/credential.ts';
import { limitsOf } from '../routing/static-models.ts';

export function targetOf({ credential, model }: Candidate, stream: boolean): Target {
  const project = projectOf(credential);
  return {
    model,
    stream,
    quirks: quirksOf(credential),
    limits: limitsOf(model),
    ...(project === undefined ? {} : { project }),
  };
}

/** The Google Cloud project of an account; the first, when the file names several. */
export function projectOf({ account }: Candidate['credential']): string | undefined {
  return textOf(account?.content.project_id).split(',')[0]?.trim() || undefined;
}

/** OpenAI itself knows the newer fields that compatible servers often do not. */
function quirksOf({ baseUrl }: Candidate['credential']): Quirks {
  if (!baseUrl.startsWith('https://api.openai.com/')) return defaultQuirks;
  return { ...defaultQuirks, maxTokensField: 'max_completion_tokens', customTools: true };
}
