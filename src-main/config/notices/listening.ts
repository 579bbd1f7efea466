// What there is to say of where the server listens, and of its certificate.
import type { Config } from '../../../src-shared/config.ts';
import { parseListenAddress } from '../../../src-shared/listen-address.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../lib/loopback.ts';
import { type HostSettings, listenHost } from '../listen-host.ts';
import type { InvalidConfig } from '../store/snapshot.ts';
import { nodeAt } from '../yaml/read/node-at.ts';
import type { Document } from '../yaml/read/nodes.ts';
import type { Finding } from './config-notices.ts';

/** What counts beside the text. */
export interface InForce {
  /** The config in force, in which older lists of client keys are part of `api-keys`. */
  readonly config: HostSettings & Pick<Config, 'client-policies' | 'metrics' | 'tls'>;
  /** On the command line. */
  readonly host?: string | undefined;
  readonly tlsProblem?: InvalidConfig | undefined;
}

export function listeningFindings(document: Document, { config, host, tlsProblem }: InForce): readonly Finding[] {
  const findings: Finding[] = [];
  const listens = listenHost(config, host);
  const hostAt = placeOf(document, 'host');
  if (!listens.isHonoured) {
    const message =
      'host opens this program to the network, but it has neither a client key nor remote management, so it listens on this computer only. Set api-keys.';
    findings.push({ path: ['host'], at: hostAt, kind: 'unsafe', message });
  }
  if (isBeyondThisMachine(listens.host) && !config.tls.enable) {
    const message =
      'tls is off, and the server listens beyond this computer: keys and conversations cross the network in clear. Set tls.enable, or use a reverse proxy with TLS.';
    const at = nodeAt(document, ['host']) === undefined ? placeOf(document, 'tls') : hostAt;
    findings.push({ path: ['tls'], at, kind: 'unsafe', message });
  }
  if (tlsProblem !== undefined) {
    const message = `${tlsProblem.message} The certificate that was read before stays in use.`;
    findings.push({ path: ['tls'], at: placeOf(document, 'tls'), kind: 'unsafe', message });
  }
  const metrics = parseListenAddress(config.metrics.listen);
  if (metrics !== undefined && isBeyondThisMachine(metrics.host)) {
    const message =
      'metrics.listen is reached from beyond this computer and needs no key: everyone there can read which models are used, how much, and what they cost. Use 127.0.0.1, or GET /metrics with the management key.';
    const path = ['metrics', 'listen'];
    findings.push({ path, at: placeOf(document, 'metrics'), kind: 'unsafe', message });
  }
  return findings;
}

const isBeyondThisMachine = (host: string): boolean => !isLoopbackHost(host) && !isLoopbackAddress(host);

/** Of a key at the top; the start of the file where there is none. */
function placeOf({ root }: Document, name: string): number {
  return (root?.kind === 'mapping' ? root.entries.find((entry) => entry.name === name)?.start : undefined) ?? 0;
}
