// Asks the provider of an account for its limits, because a person wants to know. Nothing is asked unasked.
import type { AccountLimits as Row } from '../../src-shared/contract/account-limits.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { accessTokenOf, expiryOf } from '../accounts/token-times.ts';
import type { Clock } from '../lib/time/clock.ts';
import { type Dispatchers, proxyLabel } from '../net/dispatchers.ts';
import { ProviderError } from '../net/provider-error.ts';
import { sendForObject } from '../net/provider-request.ts';
import { providerOfFile } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';
import type { AccountLimits } from './account-limits.ts';
import { readLimits } from './limit-headers.ts';

export interface AskLimitsOptions {
  readonly limits: AccountLimits;
  readonly accounts: Pick<Accounts, 'list' | 'refresh'>;
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly clock: Clock;
  readonly providers: readonly Provider[];
}

/** Throws Problem `item_not_found`, `not_supported`, or `unavailable` when the provider does not say. */
export async function askLimits(name: string, options: AskLimitsOptions): Promise<Row> {
  const { limits, accounts, dispatchers, proxyUrl, clock, providers } = options;
  const known = (await limits.list()).some((one) => one.name === name);
  let account = accounts.list().find((one) => one.name === name);
  if (account === undefined) throw new Problem(known ? 'not_supported' : 'item_not_found');
  const provider = providerOfFile(providers, account.provider);
  const question = provider?.upstream.account?.limitsQuestion;
  if (provider === undefined || question === undefined) throw new Problem('not_supported');
  try {
    if ((expiryOf(account.content) ?? Number.POSITIVE_INFINITY) <= clock.now()) account = await accounts.refresh(name);
    const { content } = account;
    const address = account.options.proxy_url || proxyUrl();
    const http = {
      dispatcher: dispatchers.for(address),
      proxy: proxyLabel(address),
      clock,
      signal: new AbortController().signal,
      secrets: [accessTokenOf(content)],
    };
    const { url, headers } = question.request(content);
    const body = await sendForObject(http, { method: 'GET', url, headers: { accept: 'application/json', ...headers } });
    const read = readLimits({ status: 200, headers: question.asHeaders(body), model: '', now: clock.now() });
    return limits.asked({ id: `account:${name}`, name, provider: provider.row.id }, read);
  } catch (error) {
    if (error instanceof ProviderError) throw new Problem('unavailable', error.message, { cause: error });
    throw error;
  }
}
