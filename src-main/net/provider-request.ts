// One request to a provider: bounded in time and size, redirects not followed, failures as sentences.
import type { Clock } from '../lib/time/clock.ts';
import type { ProxyDispatcher } from './dispatchers.ts';
import { ProviderError, unreachable } from './provider-error.ts';
import { readLimited } from './read-limited.ts';

/** Milliseconds from the start of a request to the last byte of its response. */
const timeoutMs = 30_000;
/** A token response is a few thousand bytes. */
const defaultMaxBytes = 1024 * 1024;
/** Milliseconds by which the clocks may differ before it is worth a mention. */
const maxSkewMs = 120_000;

/** How the requests of a login or an account are sent. */
export interface ProviderHttp {
  readonly dispatcher: ProxyDispatcher;
  /** Host and port of the proxy, for sentences; `''` without one. */
  readonly proxy: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What must not come back in a sentence, should the provider repeat it. */
  readonly secrets: readonly string[];
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the response. Default: 1 MiB. */
  readonly maxBytes?: number;
}

export interface ProviderResponse {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Sends a request and reads the whole response, whatever its status.
 * Throws {@link ProviderError} `unreachable` when none comes in time, `unreadable` when it does not end;
 * the signal's reason when that was aborted.
 */
export async function send(
  outlet: ProviderHttp,
  { method, url, headers, body, maxBytes = defaultMaxBytes }: ProviderRequest,
): Promise<ProviderResponse> {
  const { host } = new URL(url);
  const late = new AbortController();
  const stop = outlet.clock.after(timeoutMs, () => late.abort());
  try {
    const response = await outlet.dispatcher.request(new URL(url), {
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: AbortSignal.any([outlet.signal, late.signal]),
    });
    const text = await readLimited(response.body, maxBytes);
    if (text === undefined)
      throw new ProviderError('unreadable', `${host} sent a response without end. Try again later.`);
    return { status: response.statusCode, text, headers: response.headers };
  } catch (error) {
    outlet.signal.throwIfAborted();
    if (error instanceof ProviderError) throw error;
    if (late.signal.aborted) throw unreachable(host, outlet, Object.assign(new Error(), { code: 'ETIMEDOUT' }));
    throw unreachable(host, outlet, error);
  } finally {
    stop();
  }
}

/** The members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON object of a 2xx response. Throws {@link ProviderError} for anything else;
 * `hint` is what a person should do when the provider rejects it.
 */
export async function sendForObject(
  outlet: ProviderHttp,
  wanted: ProviderRequest,
  hint = 'Log in again.',
): Promise<Fields> {
  const response = await send(outlet, wanted);
  const { host } = new URL(wanted.url);
  if (response.status < 200 || response.status > 299) throw rejection(outlet, host, response, hint);
  const fields = objectIn(response.text);
  if (fields === undefined) throw unreadable(host);
  return fields;
}

export function unreadable(host: string): ProviderError {
  return new ProviderError('unreadable', `The response of ${host} lacks what a login needs. Try again later.`);
}

/** What a response that is no success means. */
export function rejection(outlet: ProviderHttp, host: string, response: ProviderResponse, hint: string): ProviderError {
  const { status } = response;
  const details = { status, ...oauthErrorOf(response), ...retryAfterOf(response, outlet.clock) };
  if (status === 429) {
    return new ProviderError('busy', `${host} asks to slow down (HTTP 429). Wait a moment and try again.`, details);
  }
  if (status >= 500) {
    return new ProviderError(
      'server-error',
      `${host} has a problem of its own (HTTP ${status}). Try again later.`,
      details,
    );
  }
  if (status < 400) {
    const sentence = `${host} wants the request sent elsewhere (HTTP ${status}), which is not safe here. ${hint}`;
    return new ProviderError('rejected', sentence, details);
  }
  const words = providerWords(response, outlet.secrets);
  const reason = words === '' ? `HTTP ${status}` : `HTTP ${status}, ${words}`;
  return new ProviderError(
    'rejected',
    `${host} refused the request (${reason}).${skew(response, outlet.clock)} ${hint}`,
    details,
  );
}

export function objectIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function oauthErrorOf(response: ProviderResponse): { oauthError?: string } {
  const error = objectIn(response.text)?.error;
  if (typeof error === 'string' && /^[\w.-]{1,64}$/.test(error)) return { oauthError: error };
  // OpenAI nests it: {"error":{"code":"refresh_token_reused", …}}.
  const code = isObject(error) ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? { oauthError: code } : {};
}

/** The provider's own explanation, shortened and without anything that looks like markup or a secret. */
function providerWords(response: ProviderResponse, secrets: readonly string[]): string {
  const fields = objectIn(response.text);
  const nested = isObject(fields?.error) ? fields.error.message : undefined;
  const parts = [oauthErrorOf(response).oauthError, fields?.error_description ?? nested ?? fields?.message];
  const text = parts.filter((part) => typeof part === 'string').join(': ');
  return tidy(text, secrets);
}

/** Text from outside for use in a sentence. */
export function tidy(text: string, secrets: readonly string[] = []): string {
  let plain = text;
  for (const secret of secrets) if (secret !== '') plain = plain.replaceAll(secret, '…');
  return plain
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/[<>{}[\]]/g, '')
    .replace(/[\w.~+/=%-]{24,}/g, '…')
    .trim()
    .slice(0, 120);
}

function skew(response: ProviderResponse, clock: Clock): string {
  const theirs = Date.parse(String(response.headers.date ?? ''));
  const minutes = Math.round((clock.now() - theirs) / 60_000);
  if (Number.isNaN(theirs) || Math.abs(clock.now() - theirs) < maxSkewMs) return '';
  return ` The clock of this computer is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'fast' : 'slow'}, which can be why.`;
}

function retryAfterOf(response: ProviderResponse, clock: Clock): { retryAfter?: number } {
  const value = String(response.headers['retry-after'] ?? '');
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return ms > 0 ? { retryAfter: ms } : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
