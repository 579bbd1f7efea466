// Access tokens of accounts during one request: made where there is none, renewed before they expire, and renewed at most
// once more per account when the upstream does not take them.
import type { Account } from '../../accounts/account.ts';
import { accessTokenOf, expiryOf } from '../../accounts/token-times.ts';
import { ProviderError } from '../../net/provider-error.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { Credential } from '../routing/credential.ts';
import type { RequestServices } from './request-context.ts';

/** A token with less time left may expire on the way. Milliseconds. */
const expiryMarginMs = 30_000;

export class AccountTokens {
  readonly #services: Pick<RequestServices, 'accounts' | 'clock' | 'log'>;
  /** Accounts as they are used in this request, by file name. */
  readonly #current = new Map<string, Account>();
  /** Names of accounts whose tokens were renewed for this request. */
  readonly #renewed = new Set<string>();

  constructor(services: Pick<RequestServices, 'accounts' | 'clock' | 'log'>) {
    this.#services = services;
  }

  /** The credential with a token that is still valid where one can be had, or why there is none at all. */
  async withValidToken(credential: Credential): Promise<Credential | { readonly error: AttemptError }> {
    const account = this.#latest(credential);
    if (account === undefined) return credential;
    if (credential.upstream.mintsTokens && accessTokenOf(account.content) === '') {
      const error = await this.#mint(account);
      if (error !== undefined) return { error };
    } else if (this.#isEnding(account)) {
      await this.refresh(credential);
    }
    return { ...credential, account: this.#latest(credential) ?? account };
  }

  /** Whether the account has a new token that this request has not used yet. */
  async refresh(credential: Credential): Promise<boolean> {
    const account = this.#latest(credential);
    if (account === undefined || this.#renewed.has(account.name)) return false;
    try {
      this.#current.set(account.name, await this.#renew(account));
      this.#renewed.add(account.name);
      return true;
    } catch (error) {
      this.#services.log.warning(`${credential.label}: no new token: ${(error as Error).message}`);
      return false;
    }
  }

  #latest({ account }: Credential): Account | undefined {
    return account && (this.#current.get(account.name) ?? account);
  }

  #isEnding({ content }: Account): boolean {
    const expiry = expiryOf(content);
    return expiry !== undefined && expiry - expiryMarginMs <= this.#services.clock.now();
  }

  #renew({ name, content }: Account): Promise<Account> {
    return this.#services.accounts.refresh(name, accessTokenOf(content));
  }

  /** Makes the first token of an account; the error when none can be had. */
  async #mint(account: Account): Promise<AttemptError | undefined> {
    try {
      this.#current.set(account.name, await this.#renew(account));
      return undefined;
    } catch (error) {
      const { message, cause } = error as Error;
      const isPassing = cause instanceof ProviderError && cause.isPassing;
      return isPassing ? { status: 502, message, isNetwork: true } : { status: 401, message };
    }
  }
}
