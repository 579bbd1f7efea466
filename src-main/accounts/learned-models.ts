// Names of models that accounts were found to have: those of their vendor's list, and those that have answered.
// Remembered with the day over restarts, so that no list in the program has to know them.
import { isObject } from '../../src-shared/json.ts';
import { Emitter } from '../lib/emitter.ts';
import { JsonFile, type UnreadableFile } from '../lib/files/json-file.ts';
import type { Logger } from '../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';
import type { ListedModel } from '../net/listed-models.ts';

interface Learned {
  /** The vendor's list; undefined: never seen. */
  readonly list?: { readonly date: string; readonly models: readonly ListedModel[] };
  /** The last day on which each name answered. */
  readonly answered: Readonly<Record<string, string>>;
}

export interface LearnedModelsOptions {
  /** Absent: kept in memory only. */
  readonly file?: string;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly onUnreadable?: (file: UnreadableFile) => void;
}

/** A name that has not answered for so many milliseconds is forgotten. */
const maxAgeMs = 90 * 86_400_000;
const maxNames = 200;
const maxListed = 2_000;
const maxNameLength = 200;
const maxAccounts = 2_000;
const nothing: Learned = { answered: {} };

export class LearnedModels {
  readonly #clock: Clock;
  readonly #log: Logger | undefined;
  readonly #file: JsonFile | undefined;
  readonly #changed: Emitter<void>;
  /** By the name of the account's file, the longest unchanged first. */
  readonly #accounts: Map<string, Learned>;
  #writing: Promise<void> = Promise.resolve();

  constructor({ clock = systemClock, log }: LearnedModelsOptions = {}, file?: JsonFile, document?: unknown) {
    this.#clock = clock;
    this.#log = log;
    this.#file = file;
    this.#changed = new Emitter((error) => log?.error(`a listener to learned models failed: ${String(error)}`));
    this.#accounts = learnedIn(document);
  }

  static async open(options: LearnedModelsOptions & { readonly file: string }): Promise<LearnedModels> {
    const file = new JsonFile(options.file, options.onUnreadable);
    return new LearnedModels(options, file, await file.read());
  }

  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** The vendor's list as it was last seen. */
  listOf(account: string): readonly ListedModel[] | undefined {
    return this.#accounts.get(account)?.list?.models;
  }

  /** Names that have answered and are not too old. */
  answeredBy(account: string): readonly string[] {
    const since = this.#day(this.#clock.now() - maxAgeMs);
    return Object.entries(this.#accounts.get(account)?.answered ?? {}).flatMap(([name, date]) =>
      date >= since ? [name] : [],
    );
  }

  /** A model has answered. */
  answered(account: string, model: string): void {
    const today = this.#day(this.#clock.now());
    const { answered, ...known } = this.#accounts.get(account) ?? nothing;
    if (answered[model] === today || model === '' || model.length > maxNameLength) return;
    const { [model]: before, ...others } = answered;
    const kept = Object.entries(others)
      .sort(([, one], [, other]) => (one < other ? 1 : -1))
      .slice(0, maxNames - 1);
    this.#set(account, { ...known, answered: Object.fromEntries([...kept, [model, today]]) }, before === undefined);
  }

  /** The vendor says that it has no such model. */
  rejected(account: string, model: string): void {
    const { answered, ...known } = this.#accounts.get(account) ?? nothing;
    if (!Object.hasOwn(answered, model)) return;
    const { [model]: _, ...others } = answered;
    this.#set(account, { ...known, answered: others }, true);
  }

  /** The vendor has told its list. */
  listed(account: string, models: readonly ListedModel[]): void {
    const list = { date: this.#day(this.#clock.now()), models: models.slice(0, maxListed) };
    this.#set(account, { ...(this.#accounts.get(account) ?? nothing), list }, true);
  }

  /** Waits until what was learned is written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  #set(account: string, learned: Learned, isNews: boolean): void {
    this.#accounts.delete(account);
    this.#accounts.set(account, learned);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > maxAccounts && oldest !== undefined) this.#accounts.delete(oldest);
    this.#writing = Promise.resolve(this.#file?.write({ accounts: Object.fromEntries(this.#accounts) })).catch(
      (error: Error) => this.#log?.warning(`learned names of models were not stored: ${error.message}`),
    );
    if (isNews) this.#changed.emit();
  }

  #day(time: number): string {
    return new Date(time).toISOString().slice(0, 10);
  }
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= maxNameLength;

/** What of a stored document can be used. */
function learnedIn(document: unknown): Map<string, Learned> {
  const accounts = isObject(document) && isObject(document.accounts) ? document.accounts : {};
  return new Map(
    Object.entries(accounts).flatMap(([account, value]) => (isObject(value) ? [[account, learnedOf(value)]] : [])),
  );
}

function learnedOf({ answered, list }: Readonly<Record<string, unknown>>): Learned {
  const dates = Object.entries(isObject(answered) ? answered : {}).filter(
    ([name, date]) => isName(name) && typeof date === 'string',
  );
  const models = isObject(list) && Array.isArray(list.models) ? list.models.flatMap(listedModelOf) : undefined;
  return {
    answered: Object.fromEntries(dates) as Record<string, string>,
    ...(models && isObject(list) && { list: { date: String(list.date), models: models.slice(0, maxListed) } }),
  };
}

function listedModelOf(value: unknown): ListedModel[] {
  if (!isObject(value) || !isName(value.id)) return [];
  return [{ id: value.id, ...(isName(value.displayName) && { displayName: value.displayName }) }];
}
