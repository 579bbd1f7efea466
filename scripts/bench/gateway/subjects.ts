// The gateway under measurement and the upstream behind it.
import path from 'node:path';
import { requestBytes } from '../http-load.ts';
import { type Subject, startProcess, startServer } from '../processes.ts';

export const clientKey = 'bench-client-key';

const script = path.join(import.meta.dirname, 'fake-upstream.mjs');

export const startUpstream = (): Promise<Subject> => startProcess('/', (_, port) => [script, String(port)]);

const relayScript = path.join(import.meta.dirname, 'bare-relay.mjs');

/** What is possible at all: Node's server and undici, without a gateway between them. */
export const startRelay = (upstream: Subject): Promise<Subject> =>
  startProcess('/', (_, port) => [relayScript, String(port), String(upstream.port), clientKey]);

const provider = (name: string, port: number, keys: number, kind = name) => `  - name: ${name}
    base-url: http://127.0.0.1:${port}/${kind}/v1
    api-key-entries:
${Array.from({ length: keys }, (_, index) => `      - api-key: upstream-key-${name}-${index}`).join('\n')}
    models:
      - name: up
        alias: ${name}
`;

const kinds = ['fast', 'slow', 'big', 'busy', 'silent'];

/** A model for each kind of upstream, and `second`, whose first key is limited. */
export const startGateway = (
  upstream: Subject,
  config = '',
  { watched = false, args = [] as readonly string[] } = {},
): Promise<Subject> =>
  startServer({
    ...{ watched, args },
    config: `api-keys:
  - ${clientKey}
disable-cooling: true
routing:
  strategy: fill-first
${config}openai-compatibility:
${kinds.map((kind) => provider(kind, upstream.port, 1)).join('')}${provider('second', upstream.port, 1, 'limited')}${provider('second-b', upstream.port, 1, 'fast').replace('alias: second-b', 'alias: second')}`,
  });

/** A chat request of about `size` bytes. Sent to the upstream itself, `kind` says how it answers. */
export function chatRequest(
  model: string,
  { stream = false, size = 1_000, direct = '', headers = {} as Readonly<Record<string, string>> } = {},
): Buffer {
  const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'x'.repeat(size) }] });
  return requestBytes({
    method: 'POST',
    path: direct === '' ? '/v1/chat/completions' : `/${direct}/v1/chat/completions`,
    headers: { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json', ...headers },
    body,
  });
}

/** The same question of a Messages client, which has to be translated. */
export function messagesRequest(model: string, { stream = false, size = 1_000 } = {}): Buffer {
  const body = JSON.stringify({
    model,
    stream,
    max_tokens: 500,
    messages: [{ role: 'user', content: 'x'.repeat(size) }],
  });
  const headers = { 'x-api-key': clientKey, 'content-type': 'application/json' };
  return requestBytes({ method: 'POST', path: '/v1/messages', headers, body });
}
