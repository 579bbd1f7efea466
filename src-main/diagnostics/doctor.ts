// Checks the running program as an outside client would use it. Details hold no keys and no e-mails.
import { access, constants, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { DoctorCheck } from '../../src-shared/contract/diagnostics.ts';
import { type Finding, type FindingName, findingSentence } from '../../src-shared/doctor-findings.ts';
import { compatibleList } from '../../src-shared/providers.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { UnreadableFile } from '../lib/files/json-file.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import { listedModels } from '../net/listed-models.ts';
import { portHolder } from '../net/port-holder.ts';
import type { Provider } from '../providers/provider.ts';
import { proxyTarget, testedKey, testProvider, testProxy } from './provider-test.ts';

/** Where the program keeps its own data, and what of it could not be read. */
export interface AppDataState {
  readonly folder: string;
  readonly unreadable: readonly UnreadableFile[];
}

/** Of the file that keeps requests and what clients used of their limits. */
export interface HistoryState {
  readonly state: { readonly state: 'opening' | 'ready' } | { readonly state: 'unavailable'; readonly reason: string };
  /** Where a damaged file was set aside since the start. */
  readonly setAside: string | undefined;
}

export interface DoctorOptions {
  readonly config: ConfigStore;
  readonly dispatchers: Dispatchers;
  /** Base address for clients. */
  readonly address: () => string;
  readonly logDirectory: string;
  readonly appData: AppDataState;
  readonly history: HistoryState;
  /** `local`: nothing leaves this machine. */
  readonly scope: 'local' | 'all';
  readonly providers: readonly Provider[];
}

type Outcome = Pick<DoctorCheck, 'result' | 'detail' | 'finding'>;
type Id = DoctorCheck['id'];

function found(result: DoctorCheck['result'], name: FindingName, values: Finding['values'] = {}): Outcome {
  const finding = { name, values };
  return { result, detail: findingSentence(finding), finding };
}

const limitMs = 5_000;
/** Named providers that are asked at most. */
const maxAsked = 20;

/** All checks, at the same time. */
export function runDoctor(options: DoctorOptions): Promise<DoctorCheck[]> {
  const { config, dispatchers, address, scope, providers } = options;
  const { file } = config;
  const settings = config.current.config;
  const proxy = settings['proxy-url'];
  const entries = settings[compatibleList].filter(({ disabled }) => disabled !== true);
  const compatible = providers.filter(({ row }) => row.keys?.list === compatibleList);
  const loginPorts = providers.flatMap(({ row }) => row.signIn?.callbackPort ?? []);
  const outside = (id: Id, subject: string, run: () => Promise<Outcome>) =>
    check(id, subject, scope === 'all' ? run : () => Promise.resolve({ result: 'not-asked', detail: '' }));
  return Promise.all([
    check('server', address(), () => serverAnswers(address())),
    check('wrong-key', '', () => wrongKeyIsRejected(address(), settings['api-keys'].length > 0)),
    check('client-key', '', () => clientKeyIsAccepted(address(), settings['api-keys'][0])),
    check('cors', '', () => browsersMayCall(address())),
    check('config-writable', '', async () => (await writable(file)) ?? directoryWritable(path.dirname(file))),
    check('config-notices', '', () => Promise.resolve(noticesOf(config))),
    check('auth-writable', '', () => directoryWritable(config.current.authDir)),
    check('log-folder', '', () => directoryWritable(options.logDirectory)),
    check('app-data', '', () => usable(options.appData)),
    check('history', '', () => Promise.resolve(historyOf(options.history))),
    ...loginPorts.map((port) => check('login-ports', String(port), () => portIsFree(port))),
    proxy === ''
      ? check('proxy', '', () => Promise.resolve(found('off', 'noProxy')))
      : outside('proxy', '', async () => {
          const { ok, message } = await testProxy(proxy, proxyTarget, dispatchers);
          const shown = maskUrlUserInfo(proxy);
          return ok
            ? found('ok', 'proxyReached', { proxy: shown })
            : { result: 'failed', detail: `${shown}: ${message}` };
        }),
    ...compatible.flatMap((provider) =>
      entries.slice(0, maxAsked).map((entry) =>
        outside('provider', entry.name ?? '', async () => {
          const asked = testedKey(provider, entry);
          const { ok, message, models } = await testProvider(asked, { dispatchers, proxyUrl: () => proxy });
          return ok ? found('ok', 'models', { number: models.length }) : { result: 'failed', detail: message };
        }),
      ),
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
  const milliseconds = Math.round(performance.now() - start);
  return found(status === 200 ? 'ok' : 'failed', 'answered', { status, milliseconds });
}

async function wrongKeyIsRejected(address: string, hasKeys: boolean): Promise<Outcome> {
  if (!hasKeys) return found('warning', 'noClientKey');
  const { status } = await ask(`${address}/v1/models`, 'GET', { authorization: 'Bearer not-a-key-of-anyone' });
  return status === 401 ? found('ok', 'keyRejected') : found('failed', 'keyNotRejected', { status });
}

async function clientKeyIsAccepted(address: string, key: string | undefined): Promise<Outcome> {
  const { status, text } = await ask(`${address}/v1/models`, 'GET', key ? { authorization: `Bearer ${key}` } : {});
  if (status !== 200) return found('failed', 'listFailed', { status });
  const number = listedModels(JSON.parse(text)).length;
  return found(number > 0 ? 'ok' : 'warning', 'models', { number });
}

async function browsersMayCall(address: string): Promise<Outcome> {
  const headers = { origin: 'https://page.example', 'access-control-request-method': 'GET' };
  const answer = await ask(`${address}/v0/management/config`, 'OPTIONS', headers);
  const allowed = answer.headers['access-control-allow-origin'] !== undefined;
  return allowed ? found('ok', 'corsPresent') : found('warning', 'corsMissing');
}

/** `undefined` when it is. */
async function writable(place: string): Promise<Outcome | undefined> {
  try {
    await access(place, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? found('ok', 'made') : found('failed', 'notWritable');
  }
}

function noticesOf({ current: { notices } }: ConfigStore): Outcome {
  if (notices.length === 0) return found('ok', 'noNotices');
  return found('warning', 'notices', { paths: notices.map(({ line, path }) => `${path} (${line})`).join(', ') });
}

async function directoryWritable(place: string): Promise<Outcome> {
  const problem = await writable(place);
  if (problem !== undefined) return problem;
  return (await stat(place)).isDirectory() ? found('ok', 'writable') : found('failed', 'notWritable');
}

async function usable({ folder, unreadable }: AppDataState): Promise<Outcome> {
  const [first] = unreadable;
  if (first === undefined) return directoryWritable(folder);
  return first.aside === undefined
    ? found('warning', 'unreadable', { file: first.file })
    : found('warning', 'setAside', { file: first.aside });
}

function historyOf({ state, setAside }: HistoryState): Outcome {
  if (state.state === 'unavailable')
    return found('failed', 'historyUnavailable', { reason: state.reason.replace(/\.$/, '') });
  return setAside === undefined ? found('ok', 'writable') : found('warning', 'setAside', { file: setAside });
}

async function portIsFree(port: number): Promise<Outcome> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (free) return found('ok', 'portFree');
  const holder = await portHolder(port);
  if (holder?.pid === process.pid) return found('ok', 'portOfLogin');
  if (holder === undefined) return found('warning', 'portHeld');
  return found('warning', 'portHeldBy', { name: holder.name, pid: holder.pid });
}
