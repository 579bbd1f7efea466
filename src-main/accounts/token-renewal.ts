// One refresh of an account. A refresh token is sent once, whichever program on the directory does it: a server that
// rotates tokens takes a second use for theft and ends the account (RFC 9700 section 4.14.2).
import { Problem } from '../../src-shared/problem.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import { ProviderError } from '../net/provider-error.ts';
import type { Fields } from '../net/provider-request.ts';
import type { ProviderCall, Refresh } from '../providers/provider.ts';
import { refreshDue, secretOf } from './refresh-due.ts';
import { type RefreshLock, RefusedElsewhere } from './refresh-lock.ts';
import { accessTokenOf, refreshTokenOf } from './token-times.ts';
import type { TokenWriter } from './token-writer.ts';

export interface RenewalOptions {
  readonly files: AuthFiles;
  readonly lock: RefreshLock;
  readonly writer: TokenWriter;
  readonly refreshOf: (content: Fields) => Refresh | undefined;
  /** What the provider is asked with on behalf of this content. Throws Problem for a bad proxy address. */
  readonly call: (content: Fields, secret: string) => ProviderCall;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export class TokenRenewal {
  readonly #options: RenewalOptions;
  #sent: string | undefined;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** The refresh token that the provider was asked with last, or gave; `undefined` before it is asked. */
  get sent(): string | undefined {
    return this.#sent;
  }

  /**
   * Gives the file other tokens than those in `known`: new ones from the provider, also stored in `copies`, unless
   * another program or a login has put some there already (`by_other`). Throws Problem, ProviderError.
   */
  async run(name: string, copies: readonly string[], known: Fields): Promise<'ok' | 'by_other'> {
    const { writer } = this.#options;
    if (await writer.writeWaiting(name)) return 'ok';
    for (let last = known; ; ) {
      const content = await this.#read(name);
      const refresh = this.#options.refreshOf(content);
      const secret = refresh === undefined ? '' : secretOf(content, refresh);
      if (refresh === undefined || secret === '') {
        throw new Problem('login_failed', 'This account has no refresh token. Log in again.');
      }
      if (refresh.inMemory) {
        await this.#ask(name, copies, content, refresh);
        return 'ok';
      }
      if (hasOtherTokens(content, last) && !this.#isDue(content, refresh)) return 'by_other';
      const isAsked = await this.#alone(secret, async () => {
        const locked = await this.#read(name);
        if (hasOtherTokens(locked, content)) return false;
        await this.#ask(name, copies, locked, refresh);
        return true;
      });
      if (isAsked) return 'ok';
      last = content;
    }
  }

  /** Asks the provider, and stores what it gives. */
  async #ask(name: string, copies: readonly string[], before: Fields, refresh: Refresh): Promise<void> {
    const { writer, call } = this.#options;
    if (refresh.inMemory) {
      const secret = secretOf(before, refresh);
      for await (const fields of refresh.renew(before, call(before, secret))) writer.keep(name, fields, secret);
      return;
    }
    const parts = refresh.renew(before, call(before, secretOf(before, refresh)));
    this.#sent = refreshTokenOf(before);
    await this.#store(name, copies, before, parts);
  }

  /** Stores part after part: what a provider has given must not be lost when the next question fails. */
  async #store(name: string, copies: readonly string[], before: Fields, parts: AsyncIterator<Fields>): Promise<void> {
    const part = await parts.next();
    if (part.done) return;
    const replaced = refreshTokenOf(before);
    const content = { ...before, ...part.value };
    const token = refreshTokenOf(content);
    const store = async () => {
      await this.#options.writer.write(name, copies, part.value, replaced);
      this.#sent = token;
      await this.#store(name, copies, content, parts);
    };
    if (token === replaced) await store();
    else await this.#withNewToken(token, store);
  }

  /**
   * Others who read a file with a new refresh token and its old end would send the token at once, so it is locked
   * before anybody can read it. Whatever comes of the lock, a token that the provider has given is stored.
   */
  async #withNewToken(token: string, store: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const task = () => {
      hasBegun = true;
      return store();
    };
    try {
      await this.#options.lock.alone(token, task, { signal: new AbortController().signal, refusalOf });
    } catch (error) {
      if (hasBegun) throw error;
      await store();
    }
  }

  async #alone<T>(secret: string, task: () => Promise<T>): Promise<T> {
    const { lock, signal } = this.#options;
    try {
      return await lock.alone(secret, task, { signal, refusalOf });
    } catch (error) {
      if (!(error instanceof RefusedElsewhere)) throw error;
      this.#sent = secret;
      if (error.isFinal) throw new ProviderError('rejected', error.message, { oauthError: 'invalid_grant' });
      throw new ProviderError('server-error', error.message);
    }
  }

  #isDue(content: Fields, refresh: Refresh): boolean {
    const due = refreshDue(content, refresh);
    return due !== undefined && due <= this.#options.now();
  }

  async #read(name: string): Promise<Fields> {
    const { content } = await this.#options.files.read(name);
    if (content === undefined) throw new Problem('invalid_auth_file');
    return content;
  }
}

const refusalOf = (error: unknown) =>
  error instanceof ProviderError ? { message: error.message, isFinal: error.isFinal } : undefined;

const hasOtherTokens = (content: Fields, other: Fields) =>
  refreshTokenOf(content) !== refreshTokenOf(other) || accessTokenOf(content) !== accessTokenOf(other);
