// Which key made a file or a batch: later questions about it go to that key.
import { LRUCache } from 'lru-cache';
import { mask } from '../../lib/mask.ts';
import type { Credential } from '../routing/credential.ts';
import type { Offer, Pool } from '../routing/pool.ts';
import type { ServiceRoute } from './route-table.ts';
import { supportOf } from './support.ts';

const maxOwners = 100_000;

/** What tells who owns what a request is about. */
export interface Owned {
  /** Of a file or a batch. */
  readonly id: string | undefined;
  /** Who the client says it is. */
  readonly source: string | undefined;
  /** Id of the credential, where that is known: nobody else is asked. */
  readonly maker?: string | undefined;
}

export class Owners {
  /** Ids of credentials by ids of what they made. */
  readonly #owners = new LRUCache<string, string>({
    // A bound by `max` would reserve all its places when the program starts.
    maxSize: maxOwners,
    sizeCalculation: () => 1,
  });

  learn(id: unknown, { id: credential }: Credential): void {
    if (typeof id === 'string' && id !== '' && id.length <= 256) this.#owners.set(id, credential);
  }

  /**
   * The one key that is asked: the one that `source` names, else the maker of `id`, else always the first, so that
   * lists are whole. Accounts own nothing. Empty when there is none.
   */
  offers(route: ServiceRoute, pool: Pool, { id, source, maker: known }: Owned): readonly Offer[] {
    const able = pool.credentials.filter(
      ({ account, upstream }) => account === undefined && supportOf(route, upstream, '') === 'pass',
    );
    if (known !== undefined) return offersOf(able.find((credential) => credential.id === known));
    const maker = id === undefined ? undefined : this.#owners.get(id);
    const owner =
      source === undefined
        ? (able.find((credential) => credential.id === maker) ?? able[0])
        : able.find((credential) => isNamed(credential, source));
    return offersOf(owner);
  }
}

const offersOf = (owner: Credential | undefined): readonly Offer[] =>
  owner === undefined
    ? []
    : [{ credential: owner, model: { name: '', upstream: '', owner: owner.provider }, isKnown: true }];

/** As responses and the management API name it; several keys of one list are told apart by the key or its index. */
function isNamed({ provider, publicSource, authIndex, key }: Credential, source: string): boolean {
  const wanted = source.trim().toLowerCase();
  const names = [
    provider,
    publicSource,
    authIndex,
    mask(key),
    `${publicSource}:${mask(key)}`,
    `${provider} ${mask(key)}`,
  ];
  return wanted !== '' && names.some((name) => name.toLowerCase() === wanted);
}
