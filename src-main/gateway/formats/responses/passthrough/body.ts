import type { ChunkedBuffer } from '../../../bytes/chunked-buffer.ts';
import { editElements } from '../../../bytes/json-lists.ts';
import { type MemberValues, membersOf, readValue } from '../../../bytes/json-members.ts';
import type { DroppedFields } from '../../../model/dropped-fields.ts';
import { objectOf, objectsOf, textOf } from '../../../model/json.ts';
import { isReasoningToken, tokenStart } from '../../../model/reasoning/reasoning-token.ts';
import {
  editedList,
  memberValue,
  modelMember,
  occurrences,
  type Passthrough,
  type PassthroughRequest,
  type PassthroughTarget,
} from '../../passthrough.ts';
import { ownSearchPrefix } from '../built-in-tools/searches.ts';
import { ownReasoningPrefix } from '../response-object.ts';

export function withEffort({ body, members }: PassthroughRequest, { thinking }: PassthroughTarget): MemberValues {
  if (thinking?.effort === undefined) return {};
  const given = objectOf(readValue(body, members, 'reasoning'));
  return { reasoning: JSON.stringify({ ...given, effort: thinking.effort }) };
}

const searchId = Buffer.from(ownSearchPrefix);
const reasoningType = Buffer.from('"reasoning"');
const itemType = /"type"\s*:\s*"reasoning"/g;
const sealed = new RegExp(`"encrypted_content"\\s*:\\s*"(?!"|${tokenStart})`, 'g');

/**
 * Reasoning and searches of other services, which this gateway made items of, leave the conversation: the service looks
 * such an item up by its id and rejects the request when it does not find it.
 */
export function withoutOwnReasoning(request: PassthroughRequest, dropped: DroppedFields): MemberValues {
  const input = memberValue(request, 'input');
  if (input === undefined || !mayHoldOwn(input)) return {};
  const edit = editElements(input, (item) => {
    const members = membersOf(item) ?? [];
    const id = textOf(readValue(item, members, 'id'));
    if (id.startsWith(ownSearchPrefix)) return 'removed';
    if (readValue(item, members, 'type') !== 'reasoning') return 'kept';
    const seal = textOf(readValue(item, members, 'encrypted_content'));
    if (isReasoningToken(seal)) return 'removed';
    const isSealed = seal !== '';
    const hasText = objectsOf(readValue(item, members, 'content')).length > 0;
    return (id === '' || id.startsWith(ownReasoningPrefix)) && !isSealed && !hasText ? 'removed' : 'kept';
  });
  if (edit !== 'kept') dropped.add('info', 'input', 'reasoning and searches of another service were left out');
  return editedList('input', edit);
}

function mayHoldOwn(input: ChunkedBuffer): boolean {
  if (input.includes(searchId)) return true;
  if (!input.includes(reasoningType)) return false;
  const text = input.bytes().toString('latin1');
  // As a rule all are sealed: that is seen without reading the items.
  return occurrences(text, itemType) > occurrences(text, sealed);
}

export const responsesPassthrough: Passthrough = {
  edit: (request, target, dropped) => ({
    ...modelMember(target),
    ...withEffort(request, target),
    ...withoutOwnReasoning(request, dropped),
  }),
  editCount: (request, target, dropped) => ({ ...modelMember(target), ...withoutOwnReasoning(request, dropped) }),
};
