// The body of a client's request for an upstream of the same family: only what must differ is changed.
import { withMembers } from '../bytes/json-members.ts';
import type { Format } from '../formats/format.ts';
import type { PassthroughRequest, PassthroughTarget } from '../formats/passthrough.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';

/** Smaller bodies are sent in one piece. */
const largeBytes = 256 * 1024;

export function passthroughBody(
  request: PassthroughRequest & { readonly action: 'generate' | 'count' },
  upstream: Pick<Format, 'passthrough'>,
  target: PassthroughTarget,
  dropped: DroppedFields,
): Buffer | readonly Buffer[] {
  const { body, members, action } = request;
  const { edit, editCount, envelope } = upstream.passthrough;
  const edited = withMembers(body, members, (action === 'count' ? editCount : edit)(request, target, dropped));
  const pieces = envelope === undefined ? edited : envelope.wrap(edited, target, action);
  return body.length > largeBytes ? pieces : Buffer.concat(pieces);
}
