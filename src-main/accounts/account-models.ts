// The models of an account: what its vendor lists, asked only when a person looks, and what is known here.
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import { type Dispatchers, proxyLabel } from '../net/dispatchers.ts';
import { type ListedModel, lastOfPage, listedModels } from '../net/listed-models.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, sendForObject } from '../net/provider-request.ts';
import { providers as programProviders, providerOfFile } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';
import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { LearnedModels } from './learned-models.ts';
import { accessTokenOf, expiryOf } from './token-times.ts';

export interface AccountModelsOptions {
  readonly accounts: Pick<Accounts, 'list' | 'refresh'>;
  readonly learned: LearnedModels;
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly providers?: readonly Provider[];
}

/** A model as management clients see it. */
export interface AccountModel {
  readonly id: string;
  readonly display_name?: string;
  readonly type: string;
  readonly owned_by: string;
}

/** Milliseconds for all pages of a list. */
const timeoutMs = 10_000;
const maxPages = 10;

/** Names of models that an account is known to have: its vendor's list, else ours, and what has answered. */
export function knownModels(
  { models }: Provider,
  account: string,
  learned: Pick<LearnedModels, 'listOf' | 'answeredBy'>,
): readonly ListedModel[] {
  const listed = learned.listOf(account) ?? models.names.map((id) => ({ id }));
  const names = new Set(listed.map(({ id }) => id.toLowerCase()));
  const answered = learned.answeredBy(account).filter((name) => !names.has(name.toLowerCase()));
  return [...listed, ...answered.map((id) => ({ id }))];
}

export class AccountModels {
  readonly #options: AccountModelsOptions;
  readonly #stop = new AbortController();
  /** Questions under way, by account. */
  readonly #asking = new Map<string, Promise<void>>();

  constructor(options: AccountModelsOptions) {
    this.#options = options;
  }

  /** The models of an account once its vendor has been asked; none for a file that is no account. Never rejects. */
  async list(name: string): Promise<readonly AccountModel[]> {
    const account = this.#account(name);
    const provider = account && this.#providerOf(account);
    if (provider === undefined) return [];
    await this.#askOnce(name);
    const { owner } = provider.models;
    return knownModels(provider, name, this.#options.learned).map(({ id, displayName }) => ({
      id,
      ...(displayName !== undefined && { display_name: displayName }),
      type: provider.row.id,
      owned_by: owner,
    }));
  }

  /** Asks the vendor of an account for its models and remembers them. Calls at the same time share one question. */
  #askOnce(name: string): Promise<void> {
    const before = this.#asking.get(name);
    if (before !== undefined) return before;
    const asking = this.#ask(name)
      .catch((error: Error) => {
        const known = error instanceof ProviderError || error instanceof Problem;
        if (!this.#stop.signal.aborted)
          this.#options.log.info(`${name}: no list of models: ${known ? error.message : error.name}`);
      })
      .finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#asking.values());
  }

  #account(name: string): Account | undefined {
    return this.#options.accounts.list().find((account) => account.name === name);
  }

  #providerOf({ provider }: Account): Provider | undefined {
    const found = providerOfFile(this.#options.providers ?? programProviders, provider);
    return found?.upstream.account && found;
  }

  async #ask(name: string): Promise<void> {
    const { accounts, learned, clock } = this.#options;
    let account = this.#account(name);
    const modelList = account && this.#providerOf(account)?.upstream.account?.modelList;
    if (account === undefined || account.disabled || modelList === undefined) return;
    if ((expiryOf(account.content) ?? Number.POSITIVE_INFINITY) <= clock.now()) account = await accounts.refresh(name);
    const models = await this.#pages(account, modelList);
    // Some vendors answer an older client with an empty list: that says nothing about the account.
    if (models.length > 0) learned.listed(name, models);
  }

  async #pages({ content, options }: Account, modelList: ModelList): Promise<readonly ListedModel[]> {
    const { dispatchers, proxyUrl, clock } = this.#options;
    const address = options.proxy_url || proxyUrl();
    const late = new AbortController();
    const stopTimer = clock.after(timeoutMs, () => late.abort(new ProviderError('unreachable', 'No answer in 10 s.')));
    const http = {
      dispatcher: dispatchers.for(address),
      proxy: proxyLabel(address),
      clock,
      signal: AbortSignal.any([late.signal, this.#stop.signal]),
      secrets: [accessTokenOf(content)],
    };
    const models: ListedModel[] = [];
    try {
      let after: string | undefined;
      for (let page = 0; page < maxPages; page++) {
        const { url, headers } = modelList(content, after);
        const body = await sendForObject(http, {
          method: 'GET',
          url,
          headers: { accept: 'application/json', ...headers },
        });
        models.push(...listedModels(body));
        after = lastOfPage(body);
        if (after === undefined) break;
      }
      return models;
    } finally {
      stopTimer();
    }
  }
}

type ModelList = (
  content: Fields,
  after: string | undefined,
) => {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};
