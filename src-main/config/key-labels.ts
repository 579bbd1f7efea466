// Labels of client keys, stored outside the config under a digest of the key: no edit of the YAML loses them, and the
// file holds no key.
import { createHash } from 'node:crypto';
import type { ClientKey } from '../../src-shared/contract/client-keys.ts';
import { isObject } from '../../src-shared/json.ts';
import { Problem } from '../../src-shared/problem.ts';
import { fileErrorSentence } from '../lib/files/file-errors.ts';
import { JsonFile, type UnreadableFile } from '../lib/files/json-file.ts';
import { type Clock, systemClock } from '../lib/time/clock.ts';

interface Label {
  readonly label: string;
  readonly created: string;
}

interface KeyLabelsOptions {
  readonly file: string;
  readonly clock?: Clock;
  readonly onUnreadable?: (file: UnreadableFile) => void;
}

const digest = (key: string) => createHash('sha256').update(key).digest('hex');

export class KeyLabels {
  readonly #file: JsonFile;
  readonly #clock: Clock;
  #labels: ReadonlyMap<string, Label>;

  private constructor(file: JsonFile, labels: ReadonlyMap<string, Label>, clock: Clock) {
    this.#file = file;
    this.#labels = labels;
    this.#clock = clock;
  }

  static async open({ file, clock = systemClock, onUnreadable }: KeyLabelsOptions): Promise<KeyLabels> {
    const json = new JsonFile(file, onUnreadable);
    return new KeyLabels(json, labelsIn(await json.read()), clock);
  }

  /** The keys with their labels, in the order of the config. */
  describe(keys: readonly string[]): Omit<ClientKey, 'key_id'>[] {
    return keys.map((key) => ({ key, label: '', created: '', ...this.#labels.get(digest(key)) }));
  }

  /** Throws Problem `file_write_failed` when the label cannot be stored; the old one then stays. */
  async set(key: string, label: string): Promise<void> {
    const name = digest(key);
    const created = this.#labels.get(name)?.created ?? new Date(this.#clock.now()).toISOString();
    const next = new Map(this.#labels).set(name, { label, created });
    await this.#file.write(Object.fromEntries(next)).catch((error: unknown) => {
      throw new Problem(
        'file_write_failed',
        `the label was not stored: ${fileErrorSentence(error, 'key-labels.json')}`,
      );
    });
    this.#labels = next;
  }
}

function labelsIn(document: unknown): ReadonlyMap<string, Label> {
  return new Map(
    Object.entries(isObject(document) ? document : {}).flatMap(([name, value]) =>
      isObject(value) && typeof value.label === 'string'
        ? [[name, { label: value.label, created: typeof value.created === 'string' ? value.created : '' }]]
        : [],
    ),
  );
}
