// Finished requests on their way to where they are kept, within bounds: what keeps them may be away for hours.
import type { StoredRequest } from '../storage/ledger.ts';

const maxRequests = 100_000;
const maxBytes = 64 * 1024 * 1024;

export class WaitingRequests {
  /** By id, the first to end first. */
  readonly #requests = new Map<string, StoredRequest>();
  #bytes = 0;

  get size(): number {
    return this.#requests.size;
  }

  get(id: string): StoredRequest | undefined {
    return this.#requests.get(id);
  }

  values(): Iterable<StoredRequest> {
    return this.#requests.values();
  }

  /** How many of the oldest were given up for it. */
  add(request: StoredRequest): number {
    this.#requests.set(request.record.id, request);
    this.#bytes += sizeOf(request);
    let dropped = 0;
    for (const [id, oldest] of this.#requests) {
      if (this.#requests.size <= maxRequests && this.#bytes <= maxBytes) break;
      if (oldest === request) break;
      this.remove(id);
      dropped += 1;
    }
    return dropped;
  }

  /** The oldest ones. */
  first(count: number): readonly StoredRequest[] {
    return this.#requests.values().take(count).toArray();
  }

  remove(id: string): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    this.#requests.delete(id);
    this.#bytes -= sizeOf(request);
  }
}

/** Bytes in memory, about: of the fields that every record has, and of what some have a lot of. */
function sizeOf({ record, route }: StoredRequest): number {
  const { tries, dropped_fields: dropped, error } = record;
  return 600 + 200 * (tries.length + route.length) + 50 * dropped.length + (error?.length ?? 0);
}
