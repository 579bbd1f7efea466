// Electron's `net`, over Node's https.
import { request as httpsRequest } from 'node:https';
import type * as Electron from 'electron';
import { strict, violation } from './strict.ts';

interface Wanted {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

export const net = strict('net', {
  request: (options: Electron.ClientRequestConstructorOptions | string) => {
    if (typeof options === 'string') return violation('net.request wants options');
    const { protocol = 'https:', hostname, port, path, method, headers } = options as Wanted;
    if (protocol !== 'https:') violation(`net.request over ${protocol}`);
    return httpsRequest({ protocol, hostname, port, path, method, headers }) as unknown as Electron.ClientRequest;
  },
} satisfies Partial<Electron.Net>);
