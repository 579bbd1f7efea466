// An address to listen on, as one text.
import { z } from 'zod';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:9317`, `localhost:9317` or `[::1]:9317`; `undefined` for other text. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain, port = ''] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/i.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

export const listenAddressText = z
  .string()
  .refine(
    (text) => text === '' || parseListenAddress(text) !== undefined,
    'must be an address and a port, such as 127.0.0.1:9317',
  );
