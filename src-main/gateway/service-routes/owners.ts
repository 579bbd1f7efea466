// Which key made a file or a batch: later questions about it go to that key.
import { LRUCache } from 'lru-cache';
import type { Logger } from '../../lib/logger.ts';
import { mask } from '../../lib/mask.ts';
import type { OwnerStore } from '../../storage/owner-store.ts';
import type { Credential } from '../routing/credential.ts';
import type { Offer, Pool } from '../routing/pool.ts';
import type { ServiceRoute } from './route-table.ts';
import { supportOf } from './support.ts';

/** Of those that were asked about lately; the store has the others. */
const maxRemembered = 10_000;
const maxIdLength = 256;

/** What tells who owns what a request is about. */
export interface Owned {
  /** Who the client says it is. */
  readonly source: string | undefined;
  /** What stands for the credential that made the file or batch, where that is known. */
  readonly maker?: string | undefined;
  /** Id of the credential that keeps a response: nobody else is asked. */
  readonly keeper?: string | undefined;
}

export interface OwnersOptions {
  /** What stands for a credential, by its id. */
  readonly digest: (credentialId: string) => string;
  /** Default: none, and a restart forgets. */
  readonly store: OwnerStore | undefined;
  readonly log: Logger;
}

export class Owners {
  readonly #options: OwnersOptions;
  /** Digests of credentials by ids of what they made. */
  readonly #owners = new LRUCache<string, string>({
    // A bound by `max` would reserve all its places when the program starts.
    maxSize: maxRemembered,
    sizeCalculation: () => 1,
  });

  constructor(options: OwnersOptions) {
    this.#options = options;
  }

  /** Resolves when it survives a restart; where it cannot be stored, the log says so. */
  async learn(ids: readonly unknown[], { id: credential }: Credential): Promise<void> {
    const { digest, store, log } = this.#options;
    const owner = digest(credential);
    const learned = ids.filter((id): id is string => isId(id) && this.#owners.get(id) !== owner);
    if (learned.length === 0) return;
    for (const id of learned) this.#owners.set(id, owner);
    await store?.save(learned, owner).catch((error: Error) => {
      log.warning(`which key made ${learned.join(' and ')} is known until the next start only: ${error.message}`);
    });
  }

  /** What stands for the credential that made a file or a batch. */
  async makerOf(id: string): Promise<string | undefined> {
    const known = this.#owners.get(id);
    if (known !== undefined || !isId(id)) return known;
    const { store, log } = this.#options;
    const stored = await store?.find(id).catch((error: Error) => {
      log.warning(`which key made ${id} cannot be looked up: ${error.message}`);
      return undefined;
    });
    if (stored !== undefined) this.#owners.set(id, stored);
    return stored;
  }

  /**
   * The one key that is asked: the one that `source` names, else the maker, else always the first, so that lists are
   * whole. Accounts own nothing. Empty when there is none.
   */
  offers(route: ServiceRoute, pool: Pool, { source, maker, keeper }: Owned): readonly Offer[] {
    const able = pool.credentials.filter(
      ({ account, upstream }) => account === undefined && supportOf(route, upstream, '') === 'pass',
    );
    if (keeper !== undefined) return offersOf(able.find(({ id }) => id === keeper));
    if (source !== undefined) return offersOf(able.find((credential) => isNamed(credential, source)));
    const isMaker = ({ id }: Credential) => maker !== undefined && this.#options.digest(id) === maker;
    return offersOf(able.find(isMaker) ?? able[0]);
  }
}

const isId = (id: unknown): id is string => typeof id === 'string' && id !== '' && id.length <= maxIdLength;

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
