// Values that work differently from what they say, or that open more than they should.
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { parseJson } from '../../../src-shared/json.ts';
import { readRoutingStrategy, routingStrategies } from '../../../src-shared/routing-strategy.ts';
import { isExampleKey } from '../../lib/example-keys.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../lib/loopback.ts';
import { readProxyUrl } from '../../lib/proxy-url.ts';
import { nodeAt } from '../yaml/read/node-at.ts';
import type { Document } from '../yaml/read/nodes.ts';
import { formatPath, type Path } from '../yaml/read/read-value.ts';
import { isSlip } from '../yaml/read/slips.ts';

type Judgement = Pick<ConfigNotice, 'kind' | 'message' | 'suggestion'>;

/** What there is to say of one value of the config; the value itself is never repeated, it may be a secret. */
export function judgeValue(path: Path, value: string): Judgement | undefined {
  const key = path.at(-1);
  if (key === 'proxy-url') return judgeProxy(formatPath(path), value);
  if (formatPath(path) === 'routing.strategy') return judgeStrategy(value);
  if (isRawRule(path) && parseJson(value) === undefined)
    return { kind: 'unused', message: `${formatPath(path)} is not JSON, so this rule has no effect.` };
  if (path.at(-2) !== 'api-keys' || !['api-keys', 'auth'].includes(String(path[0])) || !isExampleKey(value))
    return undefined;
  const message = `${formatPath(path)} is a key of the public example. It is rejected for other computers; write one of your own.`;
  return { kind: 'unsafe', message };
}

const isRawRule = (path: Path) => path[0] === 'payload' && /-raw$/.test(String(path[1])) && path.at(-2) === 'params';

function judgeProxy(place: string, value: string): Judgement | undefined {
  const { error } = readProxyUrl(value);
  if (error === undefined) return undefined;
  return { kind: 'unsafe', message: `${place} can never work, so requests that need it fail. ${error}` };
}

function judgeStrategy(value: string): Judgement | undefined {
  const meant = readRoutingStrategy(value);
  if (meant === 'round-robin' || meant === 'fill-first') return undefined;
  if (meant !== undefined)
    return { kind: 'unused', message: `routing.strategy ${meant} is not carried out: it acts as round-robin.` };
  const suggestion = routingStrategies.find((strategy) => isSlip(value.trim(), strategy));
  const message = 'routing.strategy has an unknown word, which is read as round-robin.';
  return suggestion === undefined ? { kind: 'unused', message } : { kind: 'misspelt', message, suggestion };
}

/** What there is to say of where the server listens: one notice, at `host`. */
export function judgeHost(document: Document, { host }: { readonly host?: unknown }) {
  if (typeof host !== 'string' || isLoopbackHost(host) || isLoopbackAddress(host.trim())) return undefined;
  const at = nodeAt(document, ['host'])?.start ?? 0;
  if (host.trim() === '') {
    const message = 'host is empty, and the server listens on this computer only. Write 0.0.0.0 to serve your network.';
    return { path: ['host'], at, kind: 'unsafe', message } as const;
  }
  const message =
    'tls is off, and the server listens beyond this computer: keys and conversations cross the network in clear. Use a reverse proxy with TLS.';
  return { path: ['tls'], at, kind: 'unsafe', message } as const;
}
