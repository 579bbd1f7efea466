// Sums of usage by the hour in memory, bounded.
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import type { Counted } from './counters.ts';

/** Beyond this, the oldest hours are dropped. */
const maxHours = 50_000;
/** They are dropped so many at once, as finding the oldest takes a sort. */
const maxSurplus = 5_000;
const hourSeconds = 3600;
const sumNames = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;

export class HourSums {
  #hours = new Map<string, UsageHour>();

  get size(): number {
    return this.#hours.size;
  }

  add(hours: readonly UsageHour[]): void {
    for (const hour of hours) {
      const key = JSON.stringify([hour.hour, hour.api, hour.model, hour.source]);
      const before = this.#hours.get(key);
      this.#hours.set(key, before === undefined ? hour : sumOf(before, hour));
    }
    if (this.#hours.size > maxHours + maxSurplus) this.#hours = new HourSums().#filledWith(this.list());
  }

  /** In order of time, the newest that have room. */
  list(): readonly UsageHour[] {
    return [...this.#hours.values()].sort((one, other) => one.hour - other.hour).slice(-maxHours);
  }

  /** Everything so far, which is then gone from here. */
  take(): readonly UsageHour[] {
    const hours = this.list();
    this.#hours.clear();
    return hours;
  }

  #filledWith(hours: readonly UsageHour[]): Map<string, UsageHour> {
    this.add(hours);
    return this.#hours;
  }
}

/** One request, as its hour counts it. */
export function hourOf({ api, model, timestamp, detail: { source, tokens, failed } }: Counted): UsageHour {
  const last = Math.floor(timestamp / 1000);
  return {
    ...{ hour: last - (last % hourSeconds), api, model, source, last, requests: 1, failed: failed ? 1 : 0 },
    ...{ input: tokens.input_tokens, output: tokens.output_tokens, reasoning: tokens.reasoning_tokens },
    ...{ cached: tokens.cached_tokens, total: tokens.total_tokens },
  };
}

function sumOf(one: UsageHour, other: UsageHour): UsageHour {
  const sums = Object.fromEntries(sumNames.map((name) => [name, one[name] + other[name]]));
  return { ...one, ...sums, last: Math.max(one.last, other.last) };
}
