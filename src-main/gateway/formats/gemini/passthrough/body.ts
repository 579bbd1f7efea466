import { editElements, editMember } from '../../../bytes/json-lists.ts';
import { type MemberValues, memberNamed, membersOf, readValue, withMembers } from '../../../bytes/json-members.ts';
import { objectOf, textOf } from '../../../model/json.ts';
import { isReasoningToken, tokenStart } from '../../../model/reasoning/reasoning-token.ts';
import {
  editedList,
  memberValue,
  type Passthrough,
  type PassthroughRequest,
  type PassthroughTarget,
} from '../../passthrough.ts';
import { standIn } from '../../shared/google-signatures.ts';

/** The model stands in the address. */
export const geminiPassthrough: Passthrough = {
  edit: (request, target) => ({ ...withBudget(request, target), ...withoutTokens(request) }),
  editCount: withoutTokens,
};

/** Takes our tokens out of the place of signatures, which only Google's own may go back in. */
export function withoutTokens(request: PassthroughRequest): MemberValues {
  const contents = memberValue(request, 'contents');
  if (!contents?.includes(tokenStart)) return {};
  const edit = editElements(contents, (content) => {
    // Newer models look at the first call of a turn, and older ones at none.
    let isFirst = true;
    return editMember(content, 'parts', (parts) =>
      editElements(parts, (part) => {
        const members = membersOf(part) ?? [];
        const isCall = memberNamed(members, 'functionCall') ?? memberNamed(members, 'function_call');
        const signature = members.find(
          ({ name }) =>
            (name === 'thoughtSignature' || name === 'thought_signature') &&
            isReasoningToken(textOf(readValue(part, members, name))),
        );
        const signed = isFirst && isCall;
        if (isCall) isFirst = false;
        if (signature === undefined) return 'kept';
        return withMembers(part, members, { [signature.name]: signed ? JSON.stringify(standIn) : undefined });
      }),
    );
  });
  return editedList('contents', edit);
}

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
