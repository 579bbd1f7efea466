// By which addresses and names other devices may reach this computer.
import os from 'node:os';
import { canonicalAddress, isLoopbackAddress } from './loopback.ts';

export interface NetworkHost {
  /** As the system calls it, such as `Wi-Fi` or `en0`; null for a name, which no single interface has. */
  readonly interface: string | null;
  readonly host: string;
}

/** Addresses in networks, in the order of the system; not those of loopback, and none that needs a zone. */
export const networkAddresses = (): readonly NetworkHost[] =>
  Object.entries(os.networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).flatMap(({ address }) => {
      const canonical = canonicalAddress(address);
      // A link-local address needs the zone of the device that uses it, which neither a URL nor a certificate can name.
      const isUsable = canonical !== undefined && !isLoopbackAddress(canonical) && !canonical.startsWith('fe80:');
      return isUsable ? [{ interface: name, host: canonical }] : [];
    }),
  );

/** The names of this computer, the one of the local network last; none where it has no valid one. */
export function networkNames(): readonly string[] {
  const host = os.hostname().toLowerCase();
  const names = host.includes('.') ? [host] : [host, `${host}.local`];
  return names.filter(isDnsName);
}

/** Letters, digits and hyphens in parts of at most 63 (RFC 1123). */
export const isDnsName = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((part) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(part));
