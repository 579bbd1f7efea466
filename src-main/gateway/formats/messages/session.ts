// The session of Claude Code, which it puts into the user's id.
import { isObject, parseJson } from '../../../../src-shared/json.ts';
import { readValue } from '../../bytes/json-members.ts';
import type { PassthroughRequest } from '../passthrough.ts';

const mark = '_session_';

/** `metadata.user_id` as JSON with a `session_id`, or with the session behind a mark; a plain id of a user is none. */
export function sessionOfUser({ body, members }: PassthroughRequest): string | undefined {
  const metadata = readValue(body, members, 'metadata');
  const userId = isObject(metadata) ? metadata.user_id : undefined;
  if (typeof userId !== 'string') return undefined;
  const json = parseJson(userId);
  if (isObject(json) && typeof json.session_id === 'string') return json.session_id;
  const at = userId.lastIndexOf(mark);
  return at < 0 ? undefined : userId.slice(at + mark.length);
}
