// Reads a request body, limited in size, in the format that the operation expects.
import type { IncomingMessage } from 'node:http';
import { maxNesting } from '../../../src-shared/json.ts';
import { longList, maxListItems } from '../../../src-shared/limits.ts';
import type { BodyKind, Upload, UploadedFile } from '../../../src-shared/operation.ts';
import { Problem, type ProblemCode } from '../../../src-shared/problem.ts';
import { hasListBeyond, isNestedBeyond } from '../../lib/json-text.ts';
import { firstJsonValue } from './first-json-value.ts';

/** Far above any config or set of account files, far below what would exhaust memory. Bytes. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** The whole body. Throws Problem `body_too_large` once the limit is exceeded, `invalid_body` when the client disconnects. */
export async function readBytes(request: IncomingMessage, maxBytes: number = maxBodyBytes): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new Problem('body_too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new Problem('body_too_large');
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('invalid_body', 'The connection ended before the request was complete.', { cause });
  }
  return Buffer.concat(chunks);
}

/** The `body` that an operation's `decode` receives, and the JSON text it was parsed from. */
export interface ReadBody {
  readonly body: unknown;
  readonly text: string;
}

export async function readBody(request: IncomingMessage, kind: BodyKind): Promise<ReadBody> {
  if (kind === 'none') {
    request.resume();
    return { body: undefined, text: '' };
  }
  const bytes = await readBytes(request);
  if (kind === 'upload') return { body: await uploads(request, bytes), text: '' };
  if (kind === 'text')
    return { body: exactText(bytes, 'invalid_config', 'line 1, column 1: the document is not UTF-8'), text: '' };
  const text = bytes.toString('utf8');
  if (kind === 'json-optional' && text.trim() === '') return { body: undefined, text };
  const value = kind === 'json-first' ? firstJsonValue(text) : text;
  // A list of millions of items takes long to parse, and nothing else is done meanwhile.
  if (kind === 'json-list' && hasListBeyond(value, maxListItems)) throw new Problem('invalid_value', longList);
  return { body: parseJson(value), text: value };
}

function parseJson(text: string): unknown {
  if (isNestedBeyond(text, maxNesting))
    throw new Problem('invalid_body', `The request body has more than ${maxNesting} levels of lists and objects.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('invalid_body', 'The request body is not valid JSON.', { cause });
  }
}

/** Text that encodes to exactly the same bytes. */
function exactText(bytes: Buffer, problem: ProblemCode, sentence: string): string {
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !Buffer.from(text).equals(bytes)) throw new Problem(problem, sentence);
  return text;
}

const exactFile = (bytes: Buffer) =>
  exactText(bytes, 'invalid_auth_file', 'invalid auth file: the content is not UTF-8');

/** The parts of a multipart body. Any other body is one raw file; a malformed multipart body has no parts. */
async function uploads(request: IncomingMessage, bytes: Buffer): Promise<Upload> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    return { files: [{ field: '', name: '', content: exactFile(bytes) }], fields: {} };
  }
  const data = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const files: UploadedFile[] = [];
  const fields = new Map<string, string>();
  for (const [field, value] of data?.entries() ?? []) {
    if (typeof value === 'string') {
      if (!fields.has(field)) fields.set(field, value);
    } else {
      files.push({ field, name: value.name, content: exactFile(Buffer.from(await value.arrayBuffer())) });
    }
  }
  return { files, fields: Object.fromEntries(fields) };
}
