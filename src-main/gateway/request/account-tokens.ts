// Access tokens of accounts during one request: renewed before they expire, and at most once per account.
import type { Account } from '../../accounts/account.ts';
import { expiryOf } from '../../accounts/token-times.ts';
import type { Credential } from '../routing/credential.ts';
import type { RequestServices } from './request-context.ts';

/** A token with less time left may expire on the way. Milliseconds. */
const expiryMarginMs = 30_000;

export class AccountTokens {
  readonly #services: Pick<RequestServices, 'accounts' | 'clock' | 'log'>;
  /** Accounts whose tokens were renewed for this request, by file name. */
  readonly #renewed = new Map<string, Account>();

  constructor(services: Pick<RequestServices, 'accounts' | 'clock' | 'log'>) {
    this.#services = services;
  }

  /** The credential with a token that is still valid, where one can be had. */
  async withValidToken(credential: Credential): Promise<Credential> {
    const { account } = credential;
    if (account === undefined) return credential;
    const renewed = this.#renewed.get(account.name);
    if (renewed !== undefined) return { ...credential, account: renewed };
    const expiry = expiryOf(account.content);
    if (expiry === undefined || expiry - expiryMarginMs > this.#services.clock.now()) return credential;
    return (await this.refresh(credential)) ? this.withValidToken(credential) : credential;
  }

  /** Whether the account has a new token that this request has not used yet. */
  async refresh({ account, label }: Credential): Promise<boolean> {
    if (account === undefined || this.#renewed.has(account.name)) return false;
    try {
      this.#renewed.set(account.name, await this.#services.accounts.refresh(account.name));
      return true;
    } catch (error) {
      this.#services.log.warning(`${label}: no new token: ${(error as Error).message}`);
      return false;
    }
  }
}
