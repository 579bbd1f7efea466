// The gateways that are compared, each in front of one upstream. Peers are looked for in a folder they were installed into.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startProcess, startServer } from '../bench/processes.ts';
import type { clients, Place } from './clients.ts';

export interface Gateway {
  readonly name: string;
  readonly place: Place;
  readonly forms: readonly (keyof typeof clients)[];
  readonly stop: () => Promise<void>;
}

const key = 'compare-client-key';

export async function ours(upstream: string): Promise<Gateway> {
  const server = await startServer({
    config: `api-keys: [${key}]
disable-cooling: true
openai-compatibility:
  - name: compared
    base-url: ${upstream}/v1
    api-key-entries:
      - api-key: upstream-key
    models:
      - name: up
        alias: compared
`,
  });
  const place = { url: `http://127.0.0.1:${server.port}`, key, model: 'compared' };
  // A chat client gets the upstream's own bytes, good or bad: there is nothing to compare.
  return { name: 'ours', place, forms: ['responses', 'messages', 'gemini'], stop: server.stop };
}

/** @musistudio/llms 1.0.53, the library inside claude-code-router. */
export async function llms(upstream: string, folder: string): Promise<Gateway | undefined> {
  const entry = path.join(folder, 'node_modules/@musistudio/llms/dist/cjs/server.cjs');
  if (!existsSync(entry)) return undefined;
  const provider = {
    name: 'x',
    api_base_url: `${upstream}/v1/chat/completions`,
    api_key: 'upstream-key',
    models: ['up'],
  };
  const server = await startProcess('/health', (own, port) => {
    const script = path.join(own, 'start.cjs');
    const config = JSON.stringify({ HOST: '127.0.0.1', PORT: port, providers: [provider] });
    const load = `const { default: Server } = require(${JSON.stringify(entry)});`;
    writeFileSync(script, `${load}\nnew Server({ initialConfig: ${config} }).start();\n`);
    return [script];
  });
  const place = { url: `http://127.0.0.1:${server.port}`, key, model: 'x,up' };
  return { name: '@musistudio/llms', place, forms: ['messages'], stop: server.stop };
}

/** 9router 0.5.69, steered by the calls that its own page makes. */
export async function nineRouter(upstream: string, folder: string): Promise<Gateway | undefined> {
  const entry = path.join(folder, 'node_modules/9router/app/custom-server.js');
  if (!existsSync(entry)) return undefined;
  const server = await startProcess('/api/health', (own, port) => {
    const home = path.join(own, 'home');
    mkdirSync(home);
    const preset = path.join(own, 'preset.cjs');
    const settings = { HOME: home, DATA_DIR: home, PORT: String(port), HOSTNAME: '127.0.0.1' };
    writeFileSync(preset, `Object.assign(process.env, ${JSON.stringify(settings)});\n`);
    return ['--require', preset, entry];
  });
  const url = `http://127.0.0.1:${server.port}`;
  try {
    const model = await addProvider(url, upstream);
    return {
      name: '9router',
      place: { url, key: model.key, model: 'fake/up' },
      forms: ['messages', 'responses'],
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function addProvider(url: string, upstream: string): Promise<{ readonly key: string }> {
  let cookie = '';
  const post = async (address: string, body: object): Promise<Record<string, never>> => {
    const response = await fetch(`${url}${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (set.length > 0) cookie = set.join('; ');
    if (!response.ok)
      throw new Error(`9router: ${address} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
    return (await response.json()) as Record<string, never>;
  };
  await post('/api/auth/login', { password: '123456' });
  const node = { type: 'openai-compatible', apiType: 'chat', name: 'fake', prefix: 'fake', baseUrl: `${upstream}/v1` };
  const made = (await post('/api/provider-nodes', node)) as { node?: { id: string }; id?: string };
  await post('/api/providers', { provider: made.node?.id ?? made.id, apiKey: 'sk-x', name: 'k1', authType: 'apikey' });
  const created = (await post('/api/keys', { name: 'compare' })) as { key?: string };
  return { key: created.key ?? '' };
}
