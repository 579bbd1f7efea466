// The object that Google's Code Assist service puts around the requests and responses of Gemini.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { defined } from '../../model/json.ts';
import type { Envelope } from '../passthrough.ts';

const responseMember = 'response';

export const wrapRequest = (
  request: unknown,
  { model, project }: { readonly model?: string; readonly project?: string | undefined },
): JsonObject => defined({ model, project, request });

/** What is inside the envelope; errors come without one. */
export function unwrapResponse(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(unwrapResponse);
  if (!isObject(json)) return json;
  const inner = json[responseMember];
  return isObject(inner) ? inner : json;
}

/** For bodies that are passed through. A counting call has no project, and its model stands inside. */
export const envelope: Envelope = {
  wrap: (body, target, action) => {
    const start = JSON.stringify(wrapRequest(0, action === 'count' ? {} : target)).slice(0, -2);
    return [Buffer.from(start), ...body, Buffer.from('}')];
  },
  responseMember,
};
