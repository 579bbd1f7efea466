// Where the server listens: as the config says, once that is safe.
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Config } from '../../src-shared/config.ts';
import { canonicalAddress, isLoopbackAddress } from '../lib/loopback.ts';

export interface ListenHost {
  /** `''`: every address of this machine. */
  readonly host: string;
  /** Whether it is as written. */
  readonly isHonoured: boolean;
}

/** What decides about the host. */
export type HostSettings = Pick<Config, 'host' | 'api-keys' | 'remote-management'>;

/**
 * Nothing, or an address of this machine beyond loopback, is listened on only if somebody may come from there: with
 * remote management, or with a client key. Else it is loopback.
 * @param config as in force, in which older lists of client keys are part of `api-keys`.
 */
export function listenHost(config: HostSettings, written = config.host): ListenHost {
  const host = written.trim();
  const isSafe = config['remote-management']['allow-remote'] || config['api-keys'].some((key) => key.trim() !== '');
  if (isSafe || !(host === '' || isOwnAddress(host))) return { host, isHonoured: true };
  return { host: '127.0.0.1', isHonoured: false };
}

/** Whether it is an address of this machine in a network. */
function isOwnAddress(host: string): boolean {
  if (isIP(host) === 0 || isLoopbackAddress(host)) return false;
  const wanted = canonicalAddress(host);
  return Object.values(networkInterfaces()).some((list) =>
    list?.some(({ address }) => canonicalAddress(address) === wanted),
  );
}
