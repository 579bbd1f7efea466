// Whether other computers reach the server, and opening and closing it for them.
import { attempt } from '../components/toast.tsx';
import { text } from '../i18n/i18n.ts';
import type { OperationInput, OperationOutput } from '../transport/transport.ts';
import { call, invalidate, useRead } from './client.ts';

type ServerInfo = OperationOutput<'server-info.get'>;

export const isLoopback = (host: string): boolean => /^(127\.|localhost$|::1$)/.test(host);

export interface NetworkAddress {
  /** The interface; null for the name of the computer. */
  readonly via: string | null;
  readonly url: string;
}

/** The addresses by which other computers reach the server, those of IPv4 first. */
export function networkAddresses({ address, reachableAt, port }: ServerInfo, encrypted: boolean): NetworkAddress[] {
  const inUse = /:(\d+)$/.exec(address)?.[1] ?? String(port);
  const urlOf = (host: string) =>
    `${encrypted ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${inUse}`;
  return reachableAt
    .map(({ interface: via, host }) => ({ via, url: urlOf(host) }))
    .toSorted((a, b) => Number(a.url.includes('[')) - Number(b.url.includes('[')));
}

/** What to say of a server that is open to the network; undefined for one that is not, or not known. */
export function useOpenNetwork(): { readonly encrypted: boolean; readonly locked: boolean } | undefined {
  const info = useRead('server-info.get').data;
  if (info === undefined || isLoopback(info.host)) return undefined;
  return { encrypted: info.address.startsWith('https:'), locked: info.overridden.includes('host') };
}

export const setServer = (change: OperationInput<'server-settings.set'>): Promise<boolean> =>
  attempt(text('settings.serverFailed'), async () => {
    await call('server-settings.set', change);
    await invalidate('server-info.get');
  });

/** Opens the server to the local network, over TLS with the certificate of this computer. */
export const openNetwork = (encrypted: boolean): Promise<boolean> =>
  attempt(text('settings.serverFailed'), async () => {
    const made = encrypted ? (await call('local-certificate.create', {})).certificate : undefined;
    const tls = made && { enable: true, cert: made.cert, key: made.key };
    await call('server-settings.set', { host: '0.0.0.0', ...(tls && { tls }) });
    await invalidate('server-info.get', 'local-certificate.get');
  });

/** Listens on this computer only; TLS with the computer's own certificate, which was for the others, ends with it. */
export const closeNetwork = (): Promise<boolean> =>
  attempt(text('settings.serverFailed'), async () => {
    const { certificate } = await call('local-certificate.get');
    await call('server-settings.set', { host: '127.0.0.1', ...(certificate && { tls: { enable: false } }) });
    await invalidate('server-info.get');
  });
