// Checks the running program as an outside client would use it. Details hold no keys and no e-mails.
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { DoctorCheck } from '../../../src-shared/contract/window.ts';
import { isAbsent } from '../atomic-file.ts';
import type { ConfigStore } from '../config-store.ts';
import { maskUrlUserInfo } from '../mask.ts';
import type { Dispatchers } from '../network/dispatchers.ts';
import { portHolder } from '../network/port-holder.ts';
import { modelsIn, proxyTarget, testProvider, testProxy } from './provider-test.ts';

export interface DoctorOptions {
  readonly config: ConfigStore;
  readonly dispatchers: Dispatchers;
  /** Base address for clients. */
  readonly address: () => string;
  readonly logDirectory: string;
  /** `local`: nothing leaves this machine. */
  readonly scope: 'local' | 'all';
}

type Outcome = Pick<DoctorCheck, 'result' | 'detail'> & { readonly subject?: string };
type Id = DoctorCheck['id'];

const limitMs = 5_000;
/** The ports that are registered with the providers. */
const loginPorts = [54545, 1455, 8085, 11451] as const;
const mostProviders = 20;

/** All checks, side by side. */
export function runDoctor(options: DoctorOptions): Promise<DoctorCheck[]> {
  const { config, dispatchers, address, scope } = options;
  const { file } = config;
  const settings = config.current.config;
  const proxy = settings['proxy-url'];
  const providers = settings['openai-compatibility'].filter(({ disabled }) => disabled !== true);
  const outside = (id: Id, subject: string, run: () => Promise<Outcome>) =>
    check(id, subject, scope === 'all' ? run : () => Promise.resolve({ result: 'not-asked', detail: '' }));
  return Promise.all([
    check('server', address(), () => serverAnswers(address())),
    check('wrong-key', '', () => wrongKeyIsRefused(address(), settings['api-keys'].length > 0)),
    check('client-key', '', () => clientKeyIsAccepted(address(), settings['api-keys'][0])),
    check('cors', '', () => browsersMayCall(address())),
    check('config-writable', '', () => writable(file, path.dirname(file))),
    check('auth-writable', '', () => writable(config.current.authDir)),
    check('log-folder', '', () => writable(options.logDirectory)),
    ...loginPorts.map((port) => check('login-ports', String(port), () => portIsFree(port))),
    proxy === ''
      ? check('proxy', '', () => Promise.resolve({ result: 'off', detail: 'None is set.' }))
      : outside('proxy', '', async () => {
          const { ok, message } = await testProxy(proxy, proxyTarget, dispatchers);
          const shown = maskUrlUserInfo(proxy);
          return ok
            ? { result: 'ok', detail: `${shown} can be reached.` }
            : { result: 'failed', detail: `${shown}: ${message}` };
        }),
    ...providers.slice(0, mostProviders).map((entry) =>
      outside('provider', entry.name ?? '', async () => {
        const proxyUrl = () => proxy;
        const { ok, message, models } = await testProvider('openai-compatibility', entry, { dispatchers, proxyUrl });
        return ok ? { result: 'ok', detail: `${models.length} models listed.` } : { result: 'failed', detail: message };
      }),
    ),
  ]);
}

/** Runs one check; what it throws is its failure. */
async function check(id: Id, subject: string, run: () => Promise<Outcome>): Promise<DoctorCheck> {
  const start = performance.now();
  const outcome = await run().catch((error: Error): Outcome => ({ result: 'failed', detail: error.message }));
  return { id, subject, ...outcome, milliseconds: Math.round(performance.now() - start) };
}

async function ask(url: string, method: 'GET' | 'OPTIONS', headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(url, { method, headers, signal: AbortSignal.timeout(limitMs) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

async function serverAnswers(address: string): Promise<Outcome> {
  const start = performance.now();
  const { status } = await ask(`${address}/healthz`, 'GET');
  const detail = `GET /healthz gave ${status} in ${Math.round(performance.now() - start)} ms.`;
  return { result: status === 200 ? 'ok' : 'failed', detail };
}

async function wrongKeyIsRefused(address: string, hasKeys: boolean): Promise<Outcome> {
  if (!hasKeys) return { result: 'warning', detail: 'There is no client key, so programs here need none.' };
  const { status } = await ask(`${address}/v1/models`, 'GET', { authorization: 'Bearer not-a-key-of-anyone' });
  if (status === 401) return { result: 'ok', detail: '401, as it should be.' };
  return { result: 'failed', detail: `The answer was ${status} instead of 401.` };
}

async function clientKeyIsAccepted(address: string, key: string | undefined): Promise<Outcome> {
  const { status, text } = await ask(`${address}/v1/models`, 'GET', key ? { authorization: `Bearer ${key}` } : {});
  if (status !== 200) return { result: 'failed', detail: `The list of models was answered with ${status}.` };
  const count = modelsIn(JSON.parse(text)).length;
  return { result: count > 0 ? 'ok' : 'warning', detail: `${count} models listed.` };
}

async function browsersMayCall(address: string): Promise<Outcome> {
  const headers = { origin: 'https://page.example', 'access-control-request-method': 'GET' };
  const answer = await ask(`${address}/v0/management/config`, 'OPTIONS', headers);
  const allowed = answer.headers['access-control-allow-origin'] !== undefined;
  return {
    result: allowed ? 'ok' : 'warning',
    detail: allowed ? 'CORS headers present.' : 'CORS headers are missing.',
  };
}

async function writable(...places: readonly string[]): Promise<Outcome> {
  for (const place of places) {
    try {
      await access(place, constants.W_OK);
    } catch (error) {
      if (isAbsent(error)) return { result: 'ok', detail: 'It does not exist yet and is made when needed.' };
      return { result: 'failed', detail: 'It may not be written. Change its permissions.' };
    }
  }
  return { result: 'ok', detail: 'It can be written.' };
}

async function portIsFree(port: number): Promise<Outcome> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (free) return { result: 'ok', detail: 'Free.' };
  const holder = await portHolder(port);
  if (holder?.pid === process.pid) return { result: 'ok', detail: 'Held by a login that is going on.' };
  const by = holder ? `Held by “${holder.name}”, process ${holder.pid}.` : 'Held by another program.';
  return { result: 'warning', detail: `${by} Sign-in still works by pasting the address.` };
}
