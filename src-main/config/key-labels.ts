// Labels of client keys, stored outside the config under a digest of the key: no edit of the YAML loses them, and the
// file holds no key.
import { createHash } from 'node:crypto';
import type { ClientKey } from '../../src-shared/contract/client-keys.ts';
import { isObject } from '../../src-shared/json.ts';
import { Problem } from '../../src-shared/problem.ts';
import { fileErrorSentence } from '../lib/files/file-errors.ts';
import type { StoredDocument } from '../lib/files/stored-document.ts';
import { type Clock, systemClock } from '../lib/time/clock.ts';

interface Label {
  readonly label: string;
  readonly created: string;
}

interface KeyLabelsOptions {
  readonly stored: StoredDocument;
  readonly clock?: Clock;
}

const digest = (key: string) => createHash('sha256').update(key).digest('hex');

export class KeyLabels {
  readonly #stored: StoredDocument;
  readonly #clock: Clock;
  #labels: ReadonlyMap<string, Label>;

  private constructor(stored: StoredDocument, labels: ReadonlyMap<string, Label>, clock: Clock) {
    this.#stored = stored;
    this.#labels = labels;
    this.#clock = clock;
    stored.watch((document) => {
      this.#labels = labelsIn(document);
    });
  }

  static async open({ stored, clock = systemClock }: KeyLabelsOptions): Promise<KeyLabels> {
    return new KeyLabels(stored, labelsIn(await stored.read()), clock);
  }

  /** The keys with their labels, in the order of the config. */
  describe(keys: readonly string[]): Omit<ClientKey, 'key_id'>[] {
    return keys.map((key) => ({ key, label: '', created: '', ...this.#labels.get(digest(key)) }));
  }

  /** Throws Problem when the label cannot be stored; the old one then stays. */
  async set(key: string, label: string): Promise<void> {
    const name = digest(key);
    const withLabel = (present: unknown) => {
      const labels = labelsIn(present);
      const created = labels.get(name)?.created ?? new Date(this.#clock.now()).toISOString();
      return Object.fromEntries(new Map(labels).set(name, { label, created }));
    };
    const written = await this.#stored.update(withLabel).catch((error: unknown) => {
      if (error instanceof Problem) throw error;
      throw new Problem(
        'file_write_failed',
        `the label was not stored: ${fileErrorSentence(error, 'key-labels.json')}`,
      );
    });
    this.#labels = labelsIn(written);
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
