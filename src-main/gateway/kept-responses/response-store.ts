// Responses that clients can continue, in memory only and within a bound. Each belongs to the client key that asked for it.
import { LRUCache } from 'lru-cache';
import type { Config } from '../../../src-shared/config.ts';

/** One turn: lists of items as the text of JSON lists without their brackets. */
export interface KeptResponse {
  readonly id: string;
  /** The response that this one went on from. */
  readonly previousId: string | undefined;
  readonly input: string;
  readonly output: string;
  /** The response without its output, as JSON. */
  readonly response: string;
  /** `''` while no client keys are set. */
  readonly clientKey: string;
  /** Id of the credential that made it. */
  readonly credential: string;
}

const maxEntryBytes = 8 * 1024 * 1024;
const maxChain = 1_000;
const maxMakers = 100_000;

type Settings = Config['responses-store'];

const sizeOf = ({ input, output, response }: KeptResponse): number =>
  // Strings of other scripts take two bytes a letter.
  2 * (input.length + output.length + response.length) + 512;

export class ResponseStore {
  #settings: Settings;
  #kept: LRUCache<string, KeptResponse>;
  /** Who made a response, and for whom, also of those that are not kept. */
  readonly #makers = new LRUCache<string, Pick<KeptResponse, 'clientKey' | 'credential'>>({
    // A bound by `max` would reserve all its places when the program starts.
    maxSize: maxMakers,
    sizeCalculation: () => 1,
  });

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#kept = cacheOf(settings);
  }

  get isEnabled(): boolean {
    return this.#settings.enabled;
  }

  /** After a change of the config. What does not fit any more is forgotten. */
  configure(settings: Settings): void {
    const now = JSON.stringify(this.#settings);
    this.#settings = settings;
    if (JSON.stringify(settings) === now) return;
    const before = this.#kept;
    this.#kept = cacheOf(settings);
    if (settings.enabled) for (const [id, entry] of [...before.entries()].reverse()) this.#kept.set(id, entry);
  }

  /** Whether a turn with so many bytes of text can be kept. */
  fits(bytes: number): boolean {
    return bytes <= maxEntryBytes;
  }

  keep(entry: KeptResponse): void {
    this.#makers.set(entry.id, { clientKey: entry.clientKey, credential: entry.credential });
    if (this.isEnabled && sizeOf(entry) <= 2 * maxEntryBytes) this.#kept.set(entry.id, entry);
  }

  /** A response of this client that is kept. */
  find(id: string, clientKey: string): KeptResponse | undefined {
    const entry = this.isEnabled ? this.#kept.get(id) : undefined;
    return entry?.clientKey === clientKey ? entry : undefined;
  }

  /** Id of the credential that made a response for this client. */
  makerOf(id: string, clientKey: string): string | undefined {
    const maker = this.#makers.get(id);
    return maker?.clientKey === clientKey ? maker.credential : undefined;
  }

  /** Whether it was made for another client: that one's conversation is nobody else's. */
  isForeign(id: string, clientKey: string): boolean {
    const maker = this.#makers.get(id);
    return maker !== undefined && maker.clientKey !== clientKey;
  }

  /** Forgets what was said, but not who made it. */
  forget(id: string): void {
    this.#kept.delete(id);
  }

  delete(id: string): void {
    this.#kept.delete(id);
    this.#makers.delete(id);
  }

  /**
   * Everything said up to and with a response, as the text of a JSON list without brackets; undefined when a part of it is not
   * known any more.
   */
  conversation(id: string, clientKey: string): string | undefined {
    const turns: string[] = [];
    let next: string | undefined = id;
    for (let length = 0; next !== undefined; length++) {
      const entry: KeptResponse | undefined = length < maxChain ? this.find(next, clientKey) : undefined;
      if (entry === undefined) return undefined;
      turns.push(entry.output, entry.input);
      next = entry.previousId;
    }
    return joinItems(turns.reverse());
  }
}

/** Lists without brackets as one. */
export const joinItems = (lists: readonly string[]): string => lists.filter((list) => list.trim() !== '').join(',');

const cacheOf = (settings: Settings) =>
  new LRUCache<string, KeptResponse>({
    maxSize: settings['max-mb'] * 1024 * 1024,
    sizeCalculation: sizeOf,
    ttl: settings['ttl-minutes'] * 60_000,
    updateAgeOnGet: true,
  });
