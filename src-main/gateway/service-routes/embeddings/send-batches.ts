// One request that the service takes only in several calls.
import { parseJson } from '../../../../src-shared/json.ts';
import { ChunkedBuffer } from '../../bytes/chunked-buffer.ts';
import { send, type UpstreamCall, type UpstreamResponse } from '../../upstream/send.ts';
import { UpstreamBody } from '../../upstream/upstream-body.ts';

const maxAtOnce = 4;
/** Of all responses together. */
const maxBytes = 64 * 1024 * 1024;

/**
 * Sends the bodies, a few at once, and joins their JSON responses. The first response that is an error ends the others
 * and stands for all. Rejects when a call does.
 */
export async function sendBatches(
  call: UpstreamCall,
  bodies: readonly string[],
  joined: (responses: readonly unknown[]) => unknown,
): Promise<UpstreamResponse> {
  const running = new Set<AbortController>();
  const responses: unknown[] = [];
  let first: UpstreamResponse | undefined;
  let failed: UpstreamResponse | undefined;
  let next = 0;
  let size = 0;
  const ask = async (index: number, signal: AbortSignal): Promise<boolean> => {
    const response = await send({ ...call, body: bodies[index], signal });
    if (response.status < 200 || response.status > 299) {
      failed ??= response;
      return false;
    }
    first ??= response;
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > maxBytes) throw new Error('the responses are too large');
      chunks.push(chunk);
    }
    responses[index] = parseJson(new ChunkedBuffer(chunks).text());
    return true;
  };
  const work = async () => {
    while (failed === undefined && next < bodies.length) {
      const own = new AbortController();
      running.add(own);
      const endOthers = () => {
        for (const other of running) if (other !== own) other.abort();
      };
      try {
        if (!(await ask(next++, AbortSignal.any([call.signal, own.signal])))) endOthers();
      } catch (error) {
        if (failed !== undefined) return;
        endOthers();
        throw error;
      } finally {
        running.delete(own);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, bodies.length) }, work));
  if (failed !== undefined) return failed;
  const body = new UpstreamBody({ pause: () => {}, resume: () => {}, abort: () => {} });
  body.push(Buffer.from(JSON.stringify(joined(responses) ?? null)));
  body.finish();
  return { status: 200, headers: first?.headers ?? {}, body };
}
