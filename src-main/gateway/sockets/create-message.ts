// The message that asks an upstream for a response.
import type { RequestBody } from '../upstream/send.ts';

/** `body`: the JSON object that a request over HTTP has. */
export async function createMessage(
  body: RequestBody | undefined,
  clientMetadata: Buffer | undefined,
): Promise<string> {
  const text = (await textOf(body)).trimStart();
  const metadata = clientMetadata === undefined ? '' : `"client_metadata":${clientMetadata.toString()},`;
  return `{"type":"response.create",${metadata}${text.slice(1)}`;
}

async function textOf(body: RequestBody = '{}'): Promise<string> {
  if (typeof body === 'string') return body;
  if (Buffer.isBuffer(body)) return body.toString();
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
