// Whether the settings for remote management do what they are meant to do.
import { isLoopbackAddress, isLoopbackHost } from '../lib/loopback.ts';

/**
 * Why `allow-remote` has no effect, with the setting that would give it one; `''` where it works or is off.
 * @param host as in the config.
 */
export function remoteAccessWarning(host: string, allowRemote: boolean): string {
  const isLoopback = isLoopbackHost(host) || isLoopbackAddress(host.trim());
  return allowRemote && isLoopback
    ? 'Remote management is allowed, but the server listens on this computer only. Set host: 0.0.0.0 to open it.'
    : '';
}
