// The name under which we stand among a tool's providers.
import { isObject } from '../../src-shared/json.ts';
import { isLoopbackHost } from '../lib/loopback.ts';

const name = 'cli-proxy';

/**
 * Our name, unless another gateway than one of this machine has it.
 * @param providers the tool's providers by name.
 * @param addressOf finds the address of one.
 */
export function providerId(providers: unknown, addressOf: (provider: unknown) => unknown): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}-${number}`;
    if (!isObject(providers) || !Object.hasOwn(providers, id)) return id;
    const address = addressOf(providers[id]);
    if (address === undefined || isOnThisMachine(address)) return id;
  }
}

function isOnThisMachine(address: unknown): boolean {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && isLoopbackHost(url.host);
}

/** A field of a value that may be anything. */
export const fieldOf = (value: unknown, field: string): unknown => (isObject(value) ? value[field] : undefined);
