// Authentication of every management request: who the client is, or how it is rejected.
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../../../src-shared/operation.ts';
import { hostName, isLoopbackHost, networkOf } from '../../lib/loopback.ts';
import { formatDuration } from '../../lib/time/go-duration.ts';
import type { ManagementKey } from '../../management-auth/management-key.ts';
import { type HttpResponse, json, notFound } from '../response.ts';
import type { BanList, Client } from './ban-list.ts';
import { type ClientFacts, clientAddress } from './client-address.ts';

export interface ManagementAuthOptions {
  readonly key: ManagementKey;
  readonly bans: BanList;
  /** Whether the server can be reached from this machine only. */
  readonly servesLoopbackOnly: () => boolean;
  /** A remote client, named by its IPv4 address or IPv6 network, has been banned for presenting wrong keys. */
  readonly onBanned?: ((address: string) => void) | undefined;
}

export type AuthResult = { readonly actor: Actor } | { readonly rejection: HttpResponse };

/** A name for the program on this machine, besides localhost. */
const ownName = 'cli-proxy-desktop';

const reject = (status: number, error: string, headers?: Readonly<Record<string, string>>) => ({
  rejection: json({ error }, status, headers),
});

const forbiddenHost = json(
  {
    error: 'forbidden host',
    message:
      'This server answers only to names of this machine, such as localhost or 127.0.0.1. ' +
      'Use one of them, or set remote-management.allow-remote to true to reach it by another name.',
  },
  403,
);

export class ManagementAuth {
  readonly #key: ManagementKey;
  readonly #bans: BanList;
  readonly #servesLoopbackOnly: () => boolean;
  readonly #onBanned: ManagementAuthOptions['onBanned'];

  constructor({ key, bans, servesLoopbackOnly, onBanned }: ManagementAuthOptions) {
    this.#key = key;
    this.#bans = bans;
    this.#servesLoopbackOnly = servesLoopbackOnly;
    this.#onBanned = onBanned;
  }

  /** Who the client is, or the response that rejects it. `request` is an `IncomingMessage`. */
  async authenticate(request: ClientFacts): Promise<AuthResult> {
    if (!this.#key.isConfigured) return { rejection: notFound };
    const client = clientOf(request);
    const { address, local } = client;
    const rejection = this.#rejected(client, request);
    if (rejection) return rejection;
    const key = presentedKey(request.headers);
    if (key === '') return this.#failed(client, 'missing');
    const check = await this.#key.verify(key, local);
    if (check.kind === 'busy') {
      const seconds = String(check.retryAfterSeconds);
      return reject(429, `too many key checks at the same time. Try again in ${seconds}s`, { 'retry-after': seconds });
    }
    // Keys sent in parallel must not get more attempts than keys sent one after another.
    const bannedSince = local ? undefined : this.#banned(address);
    if (bannedSince) return bannedSince;
    if (check.kind === 'rejected') return this.#failed(client, 'wrong');
    this.#bans.succeeded(client);
    return { actor: { kind: 'http', address, agent: client.agent } };
  }

  /**
   * The same for the local password in `Authorization` or `X-Local-Password`. A remote client learns nothing from it:
   * any password counts as a wrong key.
   */
  authenticateLocally(request: ClientFacts): AuthResult {
    const client = clientOf(request);
    const rejection = this.#rejected(client, request);
    if (rejection) return rejection;
    const password = presentedKey(request.headers, 'x-local-password');
    if (!client.local || !this.#key.isLocalPassword(password))
      return this.#failed(client, password === '' ? 'missing' : 'wrong', 'invalid password');
    this.#bans.succeeded(client);
    return { actor: { kind: 'http', address: client.address, agent: client.agent } };
  }

  /** How a client is rejected before it presents anything. */
  #rejected({ address, local }: Client, { headers }: ClientFacts): AuthResult | undefined {
    const allowsRemote = this.#key.allowsRemote;
    const banned = local ? undefined : this.#banned(address);
    if (banned) return banned;
    if (!local && !allowsRemote) return reject(403, 'remote management disabled');
    // Against DNS rebinding: pages of other sites that let their own name resolve to this machine.
    const isForeign = !allowsRemote && this.#servesLoopbackOnly() && !isOwnHost(headers.host);
    return isForeign ? { rejection: forbiddenHost } : undefined;
  }

  #banned(address: string): AuthResult | undefined {
    const left = this.#bans.remaining(address);
    if (left === 0) return undefined;
    const seconds = Math.round(left / 1_000);
    return reject(403, `IP banned due to too many failed attempts. Try again in ${formatDuration(seconds * 1_000)}`, {
      'retry-after': String(seconds),
    });
  }

  #failed(client: Client, reason: 'missing' | 'wrong', error = `${wordFor[reason]} management key`): AuthResult {
    const isBanned = this.#bans.failed(client, reason);
    if (isBanned) this.#onBanned?.(networkOf(client.address));
    const left = isBanned ? 0 : this.#bans.triesLeft(client);
    return reject(401, error, left === undefined ? undefined : { [triesLeftHeader]: String(left) });
  }
}

/** How many wrong keys are left before a ban; absent where there is none. */
const triesLeftHeader = 'x-ratelimit-remaining';

const wordFor = { missing: 'missing', wrong: 'invalid' } as const;

const clientOf = (request: ClientFacts): Client => ({
  ...clientAddress(request),
  agent: request.headers['user-agent'] ?? '',
});

function isOwnHost(host = ''): boolean {
  return isLoopbackHost(host) || hostName(host) === ownName;
}

/** The key of a request: `Authorization`, with or without `Bearer`; the header `fallback` only where that is empty. */
export function presentedKey(headers: IncomingHttpHeaders, fallback = 'x-management-key'): string {
  const authorization = headers.authorization?.trim() ?? '';
  const space = authorization.indexOf(' ');
  const isBearer = space >= 0 && authorization.slice(0, space).toLowerCase() === 'bearer';
  const key = (isBearer ? authorization.slice(space + 1) : authorization) || [headers[fallback] ?? ''].flat().join();
  // Node reads header bytes as Latin-1; keys are UTF-8.
  return Buffer.from(key, 'latin1').toString('utf8');
}
