// Values that work differently from what they say, or that open more than they should.
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { readDuration } from '../../../src-shared/duration.ts';
import { parseJson } from '../../../src-shared/json.ts';
import { keyProviders } from '../../../src-shared/providers.ts';
import { readRoutingStrategy, routingStrategies } from '../../../src-shared/routing-strategy.ts';
import { isAllowedReceiver } from '../../../src-shared/webhooks.ts';
import { isExampleKey } from '../../lib/example-keys.ts';
import { readProxyUrl } from '../../lib/proxy-url.ts';
import type { ScalarNode } from '../yaml/read/nodes.ts';
import { formatPath, type Path } from '../yaml/read/read-value.ts';
import { plainValue } from '../yaml/read/scalars.ts';
import { isSlip } from '../yaml/read/slips.ts';

type Judgement = Pick<ConfigNotice, 'kind' | 'message' | 'suggestion'>;

/** What there is to say of one value of the config; the value itself is never repeated, it may be a secret. */
export function judgeValue(path: Path, { text: value, style }: ScalarNode): Judgement | undefined {
  const key = path.at(-1);
  if (path[0] === 'webhooks' && key === 'url') return judgeWebhook(formatPath(path), value);
  if (key === 'proxy-url') return judgeProxy(formatPath(path), value);
  if (formatPath(path) === 'routing.strategy') return judgeStrategy(value);
  if (formatPath(path) === 'routing.session-affinity-ttl') return judgeDuration(formatPath(path), value);
  if (key === 'websockets' && typeof path[1] === 'number') return judgeWebSockets(path, value);
  // Only a text is put in as it is; other values are turned into JSON.
  const isText = style !== 'plain' || typeof plainValue(value) === 'string';
  if (isRawRule(path) && isText && parseJson(value) === undefined)
    return { kind: 'unused', message: `${formatPath(path)} is not JSON, so this rule has no effect.` };
  if (path.at(-2) !== 'api-keys' || !['api-keys', 'auth'].includes(String(path[0])) || !isExampleKey(value))
    return undefined;
  const message = `${formatPath(path)} is a key of the public example. It is rejected for other computers; write one of your own.`;
  return { kind: 'unsafe', message };
}

/** Only services of the Responses API can be asked so. */
function judgeWebSockets(path: Path, value: string): Judgement | undefined {
  const isAble = (list: string) => keyProviders.some(({ keys }) => keys.list === list && keys.webSockets);
  if (path.length !== 3 || value.trim().toLowerCase() !== 'true' || isAble(String(path[0]))) return undefined;
  const message = `${formatPath(path)} has no effect: only services of the Responses API are asked over a WebSocket.`;
  return { kind: 'unused', message };
}

const isRawRule = (path: Path) => path[0] === 'payload' && /-raw$/.test(String(path[1])) && path.at(-2) === 'params';

function judgeWebhook(place: string, value: string): Judgement | undefined {
  if (isAllowedReceiver(value)) return undefined;
  return { kind: 'refused', message: `${place} is never called: use an https address, or http to this computer.` };
}

function judgeProxy(place: string, value: string): Judgement | undefined {
  const { error } = readProxyUrl(value);
  if (error === undefined) return undefined;
  return { kind: 'unsafe', message: `${place} can never work, so requests that need it fail. ${error}` };
}

function judgeDuration(place: string, value: string): Judgement | undefined {
  if (value === '' || readDuration(value) !== undefined) return undefined;
  return { kind: 'unused', message: `${place} is not a duration such as 90s or 1h30m, so one hour counts.` };
}

function judgeStrategy(value: string): Judgement | undefined {
  const meant = readRoutingStrategy(value);
  if (meant !== undefined) return undefined;
  const suggestion = routingStrategies.find((strategy) => isSlip(value.trim(), strategy));
  const message = 'routing.strategy has an unknown word, which is read as round-robin.';
  return suggestion === undefined ? { kind: 'unused', message } : { kind: 'misspelt', message, suggestion };
}
