import { type MemberValues, memberNamed, readValue } from '../../bytes/json-members.ts';
import { objectOf } from '../../model/json.ts';
import type { Passthrough, PassthroughRequest, PassthroughTarget } from '../passthrough.ts';

/** The model stands in the address. */
export const geminiPassthrough: Passthrough = { edit: withBudget, editCount: () => ({}) };

export function withBudget({ body, members }: PassthroughRequest, { thinking }: PassthroughTarget): MemberValues {
  if (thinking?.budget === undefined) return {};
  const name = memberNamed(members, 'generation_config') ? 'generation_config' : 'generationConfig';
  const { thinking_config: snake, thinkingConfig: camel, ...config } = objectOf(readValue(body, members, name));
  const {
    thinkingBudget: _,
    thinking_budget: __,
    thinkingLevel: ___,
    thinking_level: ____,
    ...given
  } = objectOf(camel ?? snake);
  const shown = thinking.includeThoughts === undefined ? {} : { includeThoughts: thinking.includeThoughts };
  return {
    [name]: JSON.stringify({ ...config, thinkingConfig: { ...given, ...shown, thinkingBudget: thinking.budget } }),
  };
}
