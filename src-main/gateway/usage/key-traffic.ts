// What each key of the config did lately, as the dashboards of management clients ask for it.
import type { usageContract } from '../../../src-shared/contract/usage.ts';
import type { Output } from '../../../src-shared/operation.ts';
import { RequestCounter } from '../../lib/request-counter.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Credential } from '../routing/credential.ts';

/** As `GET /api-key-usage` answers. */
export type KeyTrafficRows = Output<(typeof usageContract)['api-key-usage.get']>;

export class KeyTraffic {
  readonly #clock: Clock;
  readonly #counters = new Map<string, RequestCounter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count({ id }: Credential, ok: boolean): void {
    const counter = this.#counters.get(id) ?? new RequestCounter();
    this.#counters.set(id, counter);
    counter.count(ok, this.#clock.now());
  }

  /** By provider and `base-url|key`, both as the config has them: clients look their own entries up. */
  rows(credentials: readonly Credential[]): KeyTrafficRows {
    const keys = credentials.filter(({ account }) => account === undefined);
    const providers = Map.groupBy(keys, ({ provider }) => provider);
    const now = this.#clock.now();
    const row = (id: string) => (this.#counters.get(id) ?? new RequestCounter()).counts(now);
    return Object.fromEntries(
      [...providers].map(([provider, list]) => [
        provider,
        Object.fromEntries(list.map(({ id, configuredUrl, key }) => [`${configuredUrl}|${key}`, row(id)])),
      ]),
    );
  }

  /** Forgets keys that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const id of this.#counters.keys()) if (!credentialIds.has(id)) this.#counters.delete(id);
  }
}
