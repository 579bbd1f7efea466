// What of an upstream's response head goes to the client with its bytes.
import type { UpstreamResponse } from '../../upstream/send.ts';

const passed = ['content-disposition', 'request-id', 'x-request-id'];

/** Without the length when the bytes are not those the upstream counted. */
export function passedHeaders({ headers }: UpstreamResponse, keepsBytes: boolean): Readonly<Record<string, string>> {
  const names = keepsBytes && headers['content-encoding'] === undefined ? [...passed, 'content-length'] : passed;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
