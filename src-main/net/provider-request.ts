// One request to a provider: bounded in time and size, redirects not followed, failures as sentences.
import type { Clock } from '../lib/time/clock.ts';
import type { ProxyDispatcher } from './dispatchers.ts';
import { ProviderError, unreachable } from './provider-error.ts';

/** Milliseconds from the start of a request to the last byte of its answer. */
const TIME_LIMIT = 30_000;
/** Bytes; a token answer is a few thousand. */
const SIZE_LIMIT = 1024 * 1024;
/** Milliseconds by which the clocks may differ before it is worth a mention. */
const SKEW_LIMIT = 120_000;

/** The way a login's or account's requests go. */
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
}

export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Sends a request and reads the whole answer, whatever its status.
 * Throws {@link ProviderError} `unreachable` when none comes in time, `unreadable` when it does not end;
 * the signal's reason when that was aborted.
 */
export async function send(
  outlet: ProviderHttp,
  { method, url, headers, body }: ProviderRequest,
): Promise<ProviderAnswer> {
  const { host } = new URL(url);
  const late = new AbortController();
  const stop = outlet.clock.after(TIME_LIMIT, () => late.abort());
  try {
    const answer = await outlet.dispatcher.request(new URL(url), {
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: AbortSignal.any([outlet.signal, late.signal]),
    });
    const text = await readLimited(answer.body, host);
    return { status: answer.statusCode, text, headers: answer.headers };
  } catch (error) {
    outlet.signal.throwIfAborted();
    if (error instanceof ProviderError) throw error;
    if (late.signal.aborted) throw unreachable(host, outlet.proxy, Object.assign(new Error(), { code: 'ETIMEDOUT' }));
    throw unreachable(host, outlet.proxy, error);
  } finally {
    stop();
  }
}

async function readLimited(body: AsyncIterable<Uint8Array>, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > SIZE_LIMIT)
      throw new ProviderError('unreadable', `${host} sent an answer without end. Try again later.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON object of a 2xx answer. Throws {@link ProviderError} for anything else;
 * `hint` is what a person should do when the provider refuses.
 */
export async function sendForObject(
  outlet: ProviderHttp,
  wanted: ProviderRequest,
  hint = 'Log in again.',
): Promise<Fields> {
  const answer = await send(outlet, wanted);
  const { host } = new URL(wanted.url);
  if (answer.status < 200 || answer.status > 299) throw refusal(outlet, host, answer, hint);
  const fields = objectIn(answer.text);
  if (fields === undefined) throw unreadable(host);
  return fields;
}

export function unreadable(host: string): ProviderError {
  return new ProviderError('unreadable', `The answer of ${host} lacks what a login needs. Try again later.`);
}

/** What an answer that is no success means. */
export function refusal(outlet: ProviderHttp, host: string, answer: ProviderAnswer, hint: string): ProviderError {
  const { status } = answer;
  const details = { status, ...oauthErrorOf(answer), ...retryAfterOf(answer, outlet.clock) };
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
  const words = providerWords(answer, outlet.secrets);
  const reason = words === '' ? `HTTP ${status}` : `HTTP ${status}, ${words}`;
  return new ProviderError(
    'rejected',
    `${host} refused the request (${reason}).${skew(answer, outlet.clock)} ${hint}`,
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

function oauthErrorOf(answer: ProviderAnswer): { oauthError?: string } {
  const error = objectIn(answer.text)?.error;
  if (typeof error === 'string' && /^[\w.-]{1,64}$/.test(error)) return { oauthError: error };
  // OpenAI nests it: {"error":{"code":"refresh_token_reused", …}}.
  const code = isObject(error) ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? { oauthError: code } : {};
}

/** The provider's own explanation, shortened and without anything that looks like markup or a secret. */
function providerWords(answer: ProviderAnswer, secrets: readonly string[]): string {
  const fields = objectIn(answer.text);
  const nested = isObject(fields?.error) ? fields.error.message : undefined;
  const parts = [oauthErrorOf(answer).oauthError, fields?.error_description ?? nested ?? fields?.message];
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

function skew(answer: ProviderAnswer, clock: Clock): string {
  const theirs = Date.parse(String(answer.headers.date ?? ''));
  const minutes = Math.round((clock.now() - theirs) / 60_000);
  if (Number.isNaN(theirs) || Math.abs(clock.now() - theirs) < SKEW_LIMIT) return '';
  return ` The clock of this computer is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'fast' : 'slow'}, which can be why.`;
}

function retryAfterOf(answer: ProviderAnswer, clock: Clock): { retryAfter?: number } {
  const value = String(answer.headers['retry-after'] ?? '');
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return ms > 0 ? { retryAfter: ms } : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
