// The pair that `tls` names, as it was when it last was a good one.
import { LRUCache } from 'lru-cache';
import type { Config } from '../../../src-shared/config.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { InvalidConfig } from '../store/snapshot.ts';
import { placeOfKey } from '../yaml/read-config.ts';
import { readTlsPair, type TlsPair, TlsPairError, type TlsSettings, tlsPaths } from './tls-pair.ts';

export interface TlsState {
  /** In force; `undefined` while TLS is off. */
  readonly pair: TlsPair | undefined;
  /** Why the files cannot take its place. */
  readonly problem?: InvalidConfig;
}

export class TlsFiles {
  readonly #configFile: string;
  /** Good pairs by what the config says: that in force, and those of texts that were only tried. */
  readonly #good = new LRUCache<string, TlsPair>({ max: 4 });

  constructor(configFile: string) {
    this.#configFile = configFile;
  }

  /** The files to watch. */
  pathsOf({ tls }: Config): readonly string[] {
    return tls.enable ? Object.values(tlsPaths(tls, this.#configFile)) : [];
  }

  /** @throws Problem `invalid_config` unless the files hold a good pair. */
  read(text: string, { tls }: Config): TlsState {
    if (!tls.enable) return { pair: undefined };
    try {
      const pair = readTlsPair(tls, this.#configFile);
      this.#good.set(keyOf(tls), pair);
      return { pair };
    } catch (error) {
      if (!(error instanceof TlsPairError)) throw error;
      const place = placeOfKey(text, ['tls', error.part]) ?? placeOfKey(text, ['tls']) ?? { line: 1, column: 1 };
      throw new Problem('invalid_config', `tls.${error.part}: ${error.message}.`, { place });
    }
  }

  /**
   * The same for a text in force: while the files of a good pair are bad, that pair stays.
   * @throws Problem `invalid_config` where there was no good pair of these names.
   */
  readAgain(text: string, config: Config): TlsState {
    try {
      return this.read(text, config);
    } catch (error) {
      const pair = this.#good.get(keyOf(config.tls));
      if (!(error instanceof Problem) || pair === undefined) throw error;
      return { pair, problem: { message: error.sentence, ...(error.place ?? { line: 1, column: 1 }) } };
    }
  }
}

const keyOf = ({ cert, key }: TlsSettings) => JSON.stringify([cert, key]);
