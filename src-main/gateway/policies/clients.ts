// Who asks: client keys with what their policies say of them.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import type { Config } from '../../../src-shared/config.ts';
import { anyKey, expiryOf } from '../../../src-shared/policy-terms.ts';

export interface Client {
  /** Stands for the key: equal over restarts, tells nothing of it. `''` for all together while there are no keys. */
  readonly id: string;
  /** Undefined while there are no keys. */
  readonly key: string | undefined;
  /** The label of its policy. */
  readonly name: string | null;
  readonly policy: ClientPolicy | undefined;
  /** When the key ends to work, in milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
}

export class Clients {
  /** In the order of the config. */
  readonly all: readonly Client[];
  readonly #byKey: ReadonlyMap<string, Client>;
  readonly #open: Client;

  /** `keyId` makes the id of a key. */
  constructor(config: Pick<Config, 'api-keys' | 'client-policies'>, keyId: (key: string) => string) {
    const policies = new Map(config['client-policies'].map((policy) => [policy['api-key'], policy]));
    const shared = policies.get(anyKey);
    const clientOf = (id: string, key: string | undefined, policy: ClientPolicy | undefined): Client => ({
      id,
      key,
      name: policy?.name ?? null,
      policy,
      expiresAt: policy?.expires === undefined ? undefined : expiryOf(policy.expires),
    });
    const keys = [...new Set(config['api-keys'])].filter((key) => key !== '');
    this.all = keys.map((key) => clientOf(keyId(key), key, policies.get(key) ?? shared));
    this.#byKey = new Map(this.all.map((client) => [client.key ?? '', client]));
    this.#open = clientOf('', undefined, shared);
  }

  /** `undefined`: all together, while there are no keys. */
  of(key: string | undefined): Client {
    return (key === undefined ? undefined : this.#byKey.get(key)) ?? this.#open;
  }

  /** By its id or the name of its policy. */
  named(text: string): Client | undefined {
    return this.all.find(({ id, name }) => id === text || name === text);
  }

  /** Whether a text is one of the keys themselves, which stand in no address. */
  isKey(text: string): boolean {
    return this.#byKey.has(text);
  }
}

export const isExpired = ({ expiresAt }: Client, now: number): boolean => expiresAt !== undefined && now >= expiresAt;

export const expiredError = { status: 401, message: 'This API key has expired.', code: 'key_expired' } as const;
