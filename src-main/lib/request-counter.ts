// Counts requests by outcome: all of them, and those of the last hours by ten minutes.

/** As the Management API answers. Twenty times ten minutes, the present ones last. */
export interface RequestCounts {
  readonly success: number;
  readonly failed: number;
  readonly recent_requests: RecentRequests[];
}

export interface RecentRequests {
  /** `09:40-09:50` in local time. */
  readonly time: string;
  readonly success: number;
  readonly failed: number;
}

interface Bucket {
  /** Number of the ten minutes since 1970. */
  readonly slot: number;
  success: number;
  failed: number;
}

const slotMs = 600_000;
const slots = 20;

export class RequestCounter {
  #success = 0;
  #failed = 0;
  #buckets: Bucket[] = [];

  /** @param now in milliseconds since the epoch, as everywhere here. */
  count(ok: boolean, now: number): void {
    const slot = Math.floor(now / slotMs);
    let bucket = this.#buckets.at(-1);
    if (bucket?.slot !== slot) {
      bucket = { slot, success: 0, failed: 0 };
      this.#buckets = [...this.#buckets, bucket].slice(-slots);
    }
    if (ok) {
      this.#success++;
      bucket.success++;
    } else {
      this.#failed++;
      bucket.failed++;
    }
  }

  get totals(): { readonly success: number; readonly failed: number } {
    return { success: this.#success, failed: this.#failed };
  }

  counts(now: number): RequestCounts {
    const present = Math.floor(now / slotMs);
    const recent_requests = Array.from({ length: slots }, (_, index) => {
      const slot = present - slots + 1 + index;
      const { success = 0, failed = 0 } = this.#buckets.find((one) => one.slot === slot) ?? {};
      return { time: slotLabel(slot), success, failed };
    });
    return { ...this.totals, recent_requests };
  }
}

function slotLabel(slot: number): string {
  const at = (ms: number) => {
    const date = new Date(ms);
    return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  };
  return `${at(slot * slotMs)}-${at((slot + 1) * slotMs)}`;
}
