// What the translators must know of the upstream that a request is written for.
import { modelFacts, type OwnFacts } from '../../models/model-facts.ts';
import type { Target } from '../formats/format.ts';
import { textOf } from '../model/json.ts';
import { defaultQuirks, type Quirks } from '../model/quirks.ts';
import type { Candidate } from '../routing/credential.ts';

export function targetOf({ credential, model }: Candidate, stream: boolean, ownFacts: readonly OwnFacts[]): Target {
  const project = projectOf(credential);
  return {
    model,
    stream,
    quirks: quirksOf(credential),
    facts: modelFacts(model, ownFacts),
    ...(project === undefined ? {} : { project }),
  };
}

/** The Google Cloud project of an account; the first, when the file names several. */
export function projectOf({ account }: Candidate['credential']): string | undefined {
  return textOf(account?.content.project_id).split(',')[0]?.trim() || undefined;
}

/** OpenAI itself knows the newer fields that compatible servers often do not. */
function quirksOf({ baseUrl, reasoningHistory }: Candidate['credential']): Quirks {
  if (!baseUrl.startsWith('https://api.openai.com/'))
    return reasoningHistory === undefined ? defaultQuirks : { ...defaultQuirks, reasoningHistory };
  return { ...defaultQuirks, maxTokensField: 'max_completion_tokens', customTools: true };
}
