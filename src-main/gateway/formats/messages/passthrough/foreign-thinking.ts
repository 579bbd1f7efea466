// Thinking, searches and citations that Anthropic did not make leave a body before it is passed on: the service rejects a
// conversation for one block without its signature (router-for-me/CLIProxyAPI#1584). Clients have them from other models,
// mostly by way of this gateway.
import { ChunkedBuffer } from '../../../bytes/chunked-buffer.ts';
import { type Edit, editElements, editMember, elementsOf } from '../../../bytes/json-lists.ts';
import { type MemberValues, membersOf, readValue, withMembers } from '../../../bytes/json-members.ts';
import type { DroppedFields } from '../../../model/dropped-fields.ts';
import { objectOf, objectsOf, parseExact, textOf } from '../../../model/json.ts';
import { isReasoningToken, tokenStart } from '../../../model/reasoning/reasoning-token.ts';
import { editedList, memberValue, occurrences, type PassthroughRequest } from '../../passthrough.ts';
import { isOwnSearch, ownSearchPrefix } from '../built-in-tools/searches.ts';
import { foreignIndex } from '../citations.ts';

/** Ends the types of both kinds of blocks. */
const typeEnd = Buffer.from('thinking"');
const blockType = /"type"\s*:\s*"thinking"/g;
const emptyData = /"data"\s*:\s*""/;
const searchId = Buffer.from(ownSearchPrefix);
const indexName = Buffer.from('"encrypted_index"');
const foreignCitation = new RegExp(`"encrypted_index"\\s*:\\s*"${foreignIndex}"`);

/** How the encrypted reasoning of OpenAI begins, which other gateways put in this place. */
const openaiPrefix = 'gAAAA';
const ownSignature = new RegExp(`"signature"\\s*:\\s*"(?!"|${openaiPrefix}|${tokenStart})`, 'g');

export function withoutForeignThinking(request: PassthroughRequest, dropped: DroppedFields): MemberValues {
  const messages = memberValue(request, 'messages');
  if (messages === undefined) return {};
  const edit = mayHoldForeign(messages) ? editElements(messages, messageEdit) : 'kept';
  if (edit !== 'kept')
    dropped.add('info', 'messages', 'thinking, searches and citations of another service were left out');
  const left = typeof edit === 'string' ? messages : new ChunkedBuffer(edit);
  return { ...editedList('messages', edit), ...(edit === 'removed' ? {} : withoutThinking(request, left, dropped)) };
}

function messageEdit(message: ChunkedBuffer): Edit {
  if (roleOf(message) !== 'assistant') return 'kept';
  return editMember(message, 'content', (content) => editElements(content, blockEdit));
}

/** Reading all blocks of a long conversation takes milliseconds; as a rule each has a signature, which is seen at once. */
function mayHoldForeign(messages: ChunkedBuffer): boolean {
  if (messages.includes(searchId)) return true;
  const hasCitations = messages.includes(indexName);
  if (!hasCitations && !messages.includes(typeEnd)) return false;
  const text = messages.bytes().toString('latin1');
  if (hasCitations && foreignCitation.test(text)) return true;
  return occurrences(text, blockType) > occurrences(text, ownSignature) || emptyData.test(text);
}

function blockEdit(block: ChunkedBuffer): Edit {
  const type = typeOf(block);
  if (type === 'text') return withoutForeignCitations(block);
  if (type === 'server_tool_use' || type === 'web_search_tool_result')
    return isOwnSearch(objectOf(parseExact(block.bytes().toString()))) ? 'removed' : 'kept';
  if (type !== 'thinking' && type !== 'redacted_thinking') return 'kept';
  const signature = textOf(readValue(block, membersOf(block) ?? [], type === 'thinking' ? 'signature' : 'data'));
  return signature === '' || signature.startsWith(openaiPrefix) || isReasoningToken(signature) ? 'removed' : 'kept';
}

/** The text stays; its citations do not, when the service did not make them. */
function withoutForeignCitations(text: ChunkedBuffer): Edit {
  const members = membersOf(text) ?? [];
  const citations = objectsOf(readValue(text, members, 'citations'));
  const own = citations.filter(({ encrypted_index: index }) => index !== foreignIndex);
  if (own.length === citations.length) return 'kept';
  return withMembers(text, members, { citations: own.length === 0 ? undefined : JSON.stringify(own) });
}

const roleOf = (message: ChunkedBuffer | undefined): unknown =>
  message && readValue(message, membersOf(message) ?? [], 'role');

const typeOf = (block: ChunkedBuffer): unknown => readValue(block, membersOf(block) ?? [], 'type');

const contentOf = (message: ChunkedBuffer | undefined): unknown =>
  message && readValue(message, membersOf(message) ?? [], 'content');

const beginsWithThinking = (message: ChunkedBuffer): boolean =>
  /thinking$/.test(textOf(objectsOf(contentOf(message))[0]?.type));

/** Whether tool results come last, and the turn of the assistant before them begins without its thinking. */
function lacksStart(messages: ChunkedBuffer): boolean {
  const elements = elementsOf(messages) ?? [];
  if (!objectsOf(contentOf(elements.at(-1))).some(({ type }) => type === 'tool_result')) return false;
  let first = elements.findLastIndex((message) => roleOf(message) === 'assistant');
  // Neighbours of one role are one turn to the service.
  while (first > 0 && roleOf(elements[first - 1]) === 'assistant') first -= 1;
  const message = elements[first];
  return message !== undefined && !beginsWithThinking(message);
}

/**
 * With a fixed budget the service demands that a turn whose tool results follow begins with its thinking; without it,
 * the request is asked without thinking. The editing of earlier thinking is not taken without it either.
 */
function withoutThinking(
  { body, members }: PassthroughRequest,
  messages: ChunkedBuffer,
  dropped: DroppedFields,
): MemberValues {
  if (objectOf(readValue(body, members, 'thinking')).type !== 'enabled' || !lacksStart(messages)) return {};
  dropped.add('warn', 'thinking', 'switched off for this request: another model thought before the last tool calls');
  const management = objectOf(readValue(body, members, 'context_management'));
  const edits = objectsOf(management.edits);
  const left = edits.filter(({ type }) => !textOf(type).startsWith('clear_thinking'));
  const changed =
    left.length === edits.length ? {} : { context_management: JSON.stringify({ ...management, edits: left }) };
  return { thinking: undefined, ...changed };
}
