// What each key of the config did lately, as the dashboards of management clients ask for it.
import type { usageContract } from '../../../src-shared/contract/usage.ts';
import type { Output } from '../../../src-shared/operation.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Credential } from '../routing/credential.ts';

interface Bucket {
  /** Number of the ten minutes since 1970. */
  readonly slot: number;
  success: number;
  failed: number;
}

interface Traffic {
  success: number;
  failed: number;
  buckets: Bucket[];
}

/** As `GET /api-key-usage` answers. */
export type KeyTrafficRows = Output<(typeof usageContract)['api-key-usage.get']>;

const slotMs = 600_000;
const slots = 20;

export class KeyTraffic {
  readonly #clock: Clock;
  readonly #traffic = new Map<string, Traffic>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count({ id }: Credential, ok: boolean): void {
    const traffic = this.#traffic.get(id) ?? { success: 0, failed: 0, buckets: [] };
    this.#traffic.set(id, traffic);
    const slot = Math.floor(this.#clock.now() / slotMs);
    let bucket = traffic.buckets.at(-1);
    if (bucket?.slot !== slot) {
      bucket = { slot, success: 0, failed: 0 };
      traffic.buckets = [...traffic.buckets, bucket].slice(-slots);
    }
    const field = ok ? 'success' : 'failed';
    traffic[field]++;
    bucket[field]++;
  }

  /** By provider and `base-url|key`; twenty times ten minutes, the present ones last. */
  rows(credentials: readonly Credential[]): KeyTrafficRows {
    const keys = credentials.filter(({ account }) => account === undefined);
    const providers = Map.groupBy(keys, ({ provider }) => provider);
    return Object.fromEntries(
      [...providers].map(([provider, list]) => [
        provider,
        Object.fromEntries(list.map(({ id, baseUrl, key }) => [`${baseUrl}|${key}`, this.#row(id)])),
      ]),
    );
  }

  /** Forgets keys that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const id of this.#traffic.keys()) if (!credentialIds.has(id)) this.#traffic.delete(id);
  }

  #row(id: string): KeyTrafficRows[string][string] {
    const { success = 0, failed = 0, buckets = [] } = this.#traffic.get(id) ?? {};
    const now = Math.floor(this.#clock.now() / slotMs);
    const recent = Array.from({ length: slots }, (_, index) => {
      const slot = now - slots + 1 + index;
      const bucket = buckets.find((one) => one.slot === slot);
      return { time: slotLabel(slot), success: bucket?.success ?? 0, failed: bucket?.failed ?? 0 };
    });
    return { success, failed, recent_requests: recent };
  }
}

/** `09:40-09:50` in local time. */
function slotLabel(slot: number): string {
  const at = (ms: number) => {
    const date = new Date(ms);
    return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  };
  return `${at(slot * slotMs)}-${at((slot + 1) * slotMs)}`;
}
