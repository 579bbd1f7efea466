// What can go wrong between us and a provider, each with a sentence for people.

import type { ProxyDispatcher } from './dispatchers.ts';

/**
 * `unreachable`: no response; `busy`: 429; `server-error`: 5xx; `rejected`: any other status that is no success;
 * `unreadable`: a response without what is needed.
 */
export type ProviderErrorKind = 'unreachable' | 'busy' | 'server-error' | 'rejected' | 'unreadable';

interface Details {
  /** HTTP status, where there was a response. */
  readonly status?: number;
  /** The `error` member of an OAuth error response (RFC 6749, section 5.2). */
  readonly oauthError?: string;
  /** Milliseconds the provider asks to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly status: number | undefined;
  readonly oauthError: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(kind: ProviderErrorKind, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.oauthError = details.oauthError;
    this.retryAfter = details.retryAfter;
  }

  /** Whether the next try may well succeed. */
  get isPassing(): boolean {
    return this.kind === 'unreachable' || this.kind === 'busy' || this.kind === 'server-error';
  }

  /** Whether trying again with the same credentials is pointless. */
  get isFinal(): boolean {
    if (this.kind !== 'rejected') return false;
    return this.status === 401 || finalErrors.has(this.oauthError ?? '');
  }
}

/** RFC 6749 section 5.2, RFC 8628 section 3.5, and what OpenAI answers to a refresh token that was used before. */
const finalErrors: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'access_denied',
  'expired_token',
  'refresh_token_reused',
]);

const networkCauses: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the name was not found',
  EAI_AGAIN: 'the name could not be looked up',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to that host',
  ETIMEDOUT: 'it took too long',
  UND_ERR_CONNECT_TIMEOUT: 'it took too long',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, which happens when the clock of this computer is wrong',
};

const untrusted: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);

interface Route {
  /** Host and port of the proxy, `''` without one. */
  readonly proxy: string;
  readonly dispatcher: Pick<ProxyDispatcher, 'note'>;
}

/** A request that got no response. */
export function unreachable(host: string, { proxy, dispatcher }: Route, error: unknown): ProviderError {
  const through = proxy === '' ? '' : ` through the proxy ${proxy}`;
  return new ProviderError(
    'unreachable',
    `${host} cannot be reached${through}: ${networkCause(error)}. ${dispatcher.note || advice(error)}`,
    {
      cause: error,
    },
  );
}

function networkCause(error: unknown): string {
  const code = causeCode(error);
  if (untrusted.has(code)) return 'its certificate is not one this computer trusts';
  const tunnel = /Proxy response \((\d+)\)/.exec((error as Error).message)?.[1];
  if (tunnel === '407') return 'the proxy wants another user or password';
  if (tunnel !== undefined) return `the proxy answered with HTTP ${tunnel}`;
  return networkCauses[code] ?? 'the connection failed';
}

function advice(error: unknown): string {
  return untrusted.has(causeCode(error))
    ? 'If a proxy inspects traffic here, name its certificate in NODE_EXTRA_CA_CERTS.'
    : 'Check the network and the proxy setting, then try again.';
}

/** The code of an error or of what caused it; undici wraps some. */
function causeCode(error: unknown): string {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    const { code } = each as NodeJS.ErrnoException;
    const named = code !== undefined && (code in networkCauses || untrusted.has(code));
    if (named && !(code === 'UND_ERR_SOCKET' && each.cause instanceof Error)) return code;
  }
  return '';
}
