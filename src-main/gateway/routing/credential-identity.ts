// How people, clients and the history name a key of the config, and what bounds it.
import { createHash } from 'node:crypto';
import { boundOf } from './bounds/places.ts';
import type { Credential } from './credential.ts';

type Identity = Pick<Credential, 'sourceName' | 'publicSource' | 'authIndex' | 'bounds'>;

interface KeyOfConfig {
  /** The list that it stands in. */
  readonly list: string;
  /** The name of its entry, or that of its list. */
  readonly name: string;
  /** Of its credential. */
  readonly id: string;
  readonly key: string;
  readonly baseUrl: string;
  readonly maxConcurrent: number | undefined;
  /** Of the entry that holds more keys than this one. */
  readonly entryMaxConcurrent?: number | undefined;
}

export function keyIdentity(one: KeyOfConfig): Identity {
  const { list, name, id, key, baseUrl, maxConcurrent, entryMaxConcurrent } = one;
  return {
    sourceName: name,
    publicSource: name,
    // As CLIProxyAPI makes it.
    authIndex: createHash('sha256').update(`${list}:${baseUrl}+${key}`).digest('hex').slice(0, 16),
    bounds: [
      ...boundOf(`entry ${name.toLowerCase()} ${baseUrl}`, entryMaxConcurrent, name),
      ...boundOf(id, maxConcurrent, entryMaxConcurrent === undefined ? name : `A key of ${name}`),
    ],
  };
}
