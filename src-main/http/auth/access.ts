// The gate before every management route: who may come in, and what the others are told.
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../../../src-shared/operation.ts';
import { hostName, isLoopbackHost } from '../../lib/loopback.ts';
import { formatDuration } from '../../lib/time/go-duration.ts';
import type { ManagementKey } from '../../management-auth/management-key.ts';
import { type HttpResponse, json, notFound } from '../response.ts';
import type { BanList, Client } from './ban-list.ts';
import { type ClientFacts, clientAddress } from './client-address.ts';

export interface AccessOptions {
  readonly key: ManagementKey;
  readonly bans: BanList;
  /** Whether the server can be reached from this machine only. */
  readonly servesLoopbackOnly: () => boolean;
  /** A remote client is shut out for presenting wrong keys. */
  readonly onBanned?: ((address: string) => void) | undefined;
}

export type AuthResult = { readonly actor: Actor } | { readonly refusal: HttpResponse };

/** A name under which this machine may know the program, beside localhost. */
const ownName = 'cli-proxy-desktop';

const refuse = (status: number, error: string, headers?: Readonly<Record<string, string>>) => ({
  refusal: json({ error }, status, headers),
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

export class Access {
  readonly #key: ManagementKey;
  readonly #bans: BanList;
  readonly #servesLoopbackOnly: () => boolean;
  readonly #onBanned: AccessOptions['onBanned'];

  constructor({ key, bans, servesLoopbackOnly, onBanned }: AccessOptions) {
    this.#key = key;
    this.#bans = bans;
    this.#servesLoopbackOnly = servesLoopbackOnly;
    this.#onBanned = onBanned;
  }

  /** Says who the client is, or what to answer instead. Takes an `IncomingMessage`. */
  async check(request: ClientFacts): Promise<AuthResult> {
    if (!this.#key.isConfigured) return { refusal: notFound };
    const { address, local } = clientAddress(request);
    const client = { address, local, agent: request.headers['user-agent'] ?? '' };
    const allowsRemote = this.#key.allowsRemote;
    const banned = local ? undefined : this.#banned(address);
    if (banned) return banned;
    if (!local && !allowsRemote) return refuse(403, 'remote management disabled');
    // Against pages of other sites that let their own name resolve to this machine.
    if (!allowsRemote && this.#servesLoopbackOnly() && !isOwnHost(request.headers.host)) {
      return { refusal: forbiddenHost };
    }
    const key = presentedKey(request.headers);
    if (key === '') return this.#failed(client, 'missing');
    const verdict = await this.#key.verify(key, local);
    if (verdict.kind === 'busy') {
      const seconds = String(verdict.retryAfterSeconds);
      return refuse(429, `too many key checks at the same time. Try again in ${seconds}s`, { 'retry-after': seconds });
    }
    // Keys sent side by side must not buy more tries than keys sent one after another.
    const bannedMeanwhile = local ? undefined : this.#banned(address);
    if (bannedMeanwhile) return bannedMeanwhile;
    if (verdict.kind === 'refused') return this.#failed(client, 'wrong');
    this.#bans.succeeded(client);
    return { actor: { kind: 'http', address, agent: client.agent } };
  }

  #banned(address: string): AuthResult | undefined {
    const left = this.#bans.remaining(address);
    if (left === 0) return undefined;
    return refuse(
      403,
      `IP banned due to too many failed attempts. Try again in ${formatDuration(Math.round(left / 1_000) * 1_000)}`,
    );
  }

  #failed(client: Client, reason: 'missing' | 'wrong'): AuthResult {
    if (this.#bans.failed(client, reason)) this.#onBanned?.(client.address);
    return refuse(401, reason === 'missing' ? 'missing management key' : 'invalid management key');
  }
}

function isOwnHost(host = ''): boolean {
  return isLoopbackHost(host) || hostName(host) === ownName;
}

/** The key of a request: `Authorization`, with or without `Bearer`; only where that is empty, `fallback`. */
export function presentedKey(headers: IncomingHttpHeaders, fallback = 'x-management-key'): string {
  const authorization = headers.authorization?.trim() ?? '';
  const space = authorization.indexOf(' ');
  const isBearer = space >= 0 && authorization.slice(0, space).toLowerCase() === 'bearer';
  const key = (isBearer ? authorization.slice(space + 1) : authorization) || [headers[fallback] ?? ''].flat().join();
  // Node reads header bytes as Latin-1; keys are UTF-8.
  return Buffer.from(key, 'latin1').toString('utf8');
}
