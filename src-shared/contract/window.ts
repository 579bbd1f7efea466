// What the window shows and does beyond the documented API. Any client may use it too.
import { z } from 'zod';
import { compatibilityProvider, integer, keyEntry } from '../config.ts';
import { type FindingName, findings } from '../doctor-findings.ts';
import { ok } from '../families.ts';
import { operation } from '../operation.ts';
import { asObject, foldNames } from '../wire.ts';

const actorKind = z.enum(['window', 'tray', 'disk', 'app', 'http']);
const count = z.int().min(0);
/** RFC 3339. */
const time = z.string();
const none = z.undefined();

export const serverInfo = z.object({
  version: z.string(),
  platform: z.string(),
  /** Base address for clients. */
  address: z.string(),
  host: z.string(),
  port: z.int(),
  allowRemote: z.boolean(),
  /** A reason why nobody but this computer reaches the server although it is allowed, `''` otherwise. */
  loopbackReason: z.string(),
  configFile: z.string(),
  authDir: z.string(),
  logDirectory: z.string(),
  started: time,
  /** When the config in force was read. */
  configRead: time,
  /** The file on disk when it is not the config in force. */
  broken: z.object({ message: z.string(), line: z.int(), column: z.int() }).optional(),
  /** Bytes of the log files. */
  logBytes: count,
});
export type ServerInfo = z.output<typeof serverInfo>;

const clientKey = z.object({
  key: z.string(),
  /** `''` without a label. */
  label: z.string(),
  /** When the key was labelled first; `''` for keys this program has not made. */
  created: z.string(),
});
export type ClientKey = z.output<typeof clientKey>;

const configVersion = z.object({ id: z.string(), time, actor: actorKind, size: count });
export type ConfigVersion = z.output<typeof configVersion>;

/** One hour of one combination of client key, model and source. */
const usageHour = z.object({
  /** Start of the hour, Unix seconds. */
  hour: z.int(),
  api: z.string(),
  model: z.string(),
  source: z.string(),
  requests: count,
  failed: count,
  input: count,
  output: count,
  reasoning: count,
  cached: count,
  total: count,
});
export type UsageHour = z.output<typeof usageHour>;

/** What happened; the window finds the words. `subject` names the key, file or provider it is about. */
const activityEntry = z.object({
  time,
  actor: actorKind,
  kind: z.enum(['config', 'config-broken', 'login', 'account-added', 'account-removed', 'server']),
  subject: z.string(),
  /** Config keys that changed. */
  keys: z.array(z.string()),
});
export type ActivityEntry = z.output<typeof activityEntry>;

const finding = z.object({
  name: z.enum(Object.keys(findings) as [FindingName, ...FindingName[]]),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

const check = z.object({
  id: z.enum([
    'server',
    'wrong-key',
    'client-key',
    'cors',
    'config-writable',
    'auth-writable',
    'log-folder',
    'login-ports',
    'proxy',
    'provider',
  ]),
  /** `not-asked`: it would ask another computer, which was not wanted. */
  result: z.enum(['ok', 'warning', 'failed', 'off', 'not-asked']),
  /** What the check is about: a port, a provider, an address. User names and passwords are masked. */
  subject: z.string(),
  /** What was seen, in English, without keys and e-mails. */
  detail: z.string(),
  /** The same for other languages. Without it `detail` is what the system or another server said. */
  finding: finding.optional(),
  milliseconds: count,
});
export type DoctorCheck = z.output<typeof check>;

/** What a provider or proxy answered. `message` says why when `ok` is false. */
const probe = z.object({ ok: z.boolean(), milliseconds: count, message: z.string() });

export const windowContract = {
  'server-info.get': operation({
    summary: 'Where the server listens and what it works on',
    input: none,
    output: serverInfo,
    http: { method: 'GET', path: '/server-info' },
  }),
  'server-settings.set': operation({
    summary: 'Change where the server listens and who may manage it from elsewhere',
    input: z.object({ host: z.string().optional(), port: integer.optional(), allowRemote: z.boolean().optional() }),
    output: ok,
    http: { method: 'PATCH', path: '/server-settings', body: 'json' },
  }),
  'management-key.replace': operation({
    summary: 'Make a new management key; the old one stops working',
    input: none,
    output: z.object({ key: z.string() }),
    http: { method: 'POST', path: '/management-key' },
  }),
  'client-keys.list': operation({
    summary: 'Client keys with their labels',
    input: none,
    output: z.object({ keys: z.array(clientKey) }),
    http: { method: 'GET', path: '/client-keys' },
  }),
  'client-keys.label': operation({
    summary: 'Label a client key; the label is kept beside the config',
    input: z.object({ key: z.string().min(1), label: z.string().max(100) }),
    output: ok,
    http: { method: 'PUT', path: '/client-keys/label', body: 'json' },
  }),
  'config-history.list': operation({
    summary: 'Earlier versions of the config, newest first',
    input: none,
    output: z.object({ versions: z.array(configVersion) }),
    http: { method: 'GET', path: '/config-history' },
  }),
  'config-history.get': operation({
    summary: 'One earlier version of the config',
    input: z.object({ id: z.string() }),
    output: z.object({ text: z.string() }),
    http: { method: 'GET', path: '/config-history/:id', decode: ({ params }) => ({ id: params.id }) },
  }),
  'config-yaml.check': operation({
    summary: 'Say whether a YAML document is a valid config, without saving it',
    input: z.object({ text: z.string() }),
    output: z.object({ message: z.string(), line: count, column: count }),
    http: { method: 'POST', path: '/config-check', body: 'json' },
  }),
  'usage-history.get': operation({
    summary: 'Usage by the hour, kept across restarts',
    input: none,
    output: z.object({ keep: z.boolean(), hours: z.array(usageHour) }),
    http: { method: 'GET', path: '/usage-history' },
  }),
  'usage-history.set': operation({
    summary: 'Keep usage across restarts, or stop and forget what was kept',
    input: z.object({ keep: z.boolean() }),
    output: ok,
    http: { method: 'PUT', path: '/usage-history', body: 'json' },
  }),
  'activity.list': operation({
    summary: 'Who changed what since the start, newest first',
    input: none,
    output: z.object({ entries: z.array(activityEntry) }),
    http: { method: 'GET', path: '/activity' },
  }),
  'doctor.run': operation({
    summary: 'Check the server as an outside client would use it; scope local asks no provider and no proxy',
    input: z.object({ scope: z.enum(['local', 'all']).default('all') }),
    output: z.object({ checks: z.array(check) }),
    http: {
      method: 'POST',
      path: '/doctor',
      body: 'json-optional',
      decode: ({ body }) => (body === undefined ? {} : foldNames(asObject(body), ['scope'])),
    },
  }),
  'provider-test.run': operation({
    summary: "Ask a provider for its models, with the entry's own key",
    input: z.object({
      list: z.enum(['gemini-api-key', 'claude-api-key', 'codex-api-key', 'vertex-api-key', 'openai-compatibility']),
      entry: z.union([keyEntry, compatibilityProvider]),
    }),
    output: probe.extend({ models: z.array(z.string()) }),
    http: { method: 'POST', path: '/provider-test', body: 'json' },
  }),
  'proxy-test.run': operation({
    summary: 'Say whether a proxy can be reached',
    input: z.object({ url: z.string() }),
    output: probe,
    http: { method: 'POST', path: '/proxy-test', body: 'json' },
  }),
  'diagnostics.get': operation({
    summary: 'A report for asking for help, without keys and e-mails',
    input: none,
    output: z.object({ text: z.string() }),
    http: { method: 'GET', path: '/diagnostics' },
  }),
  'found-accounts.get': operation({
    summary: 'Account files of an earlier installation',
    input: none,
    output: z.object({ directory: z.string(), files: z.array(z.object({ name: z.string(), type: z.string() })) }),
    http: { method: 'GET', path: '/found-accounts' },
  }),
  'found-accounts.copy': operation({
    summary: 'Copy the account files of an earlier installation here',
    input: none,
    output: z.object({ copied: count }),
    http: { method: 'POST', path: '/found-accounts' },
  }),
  'auth-files.update': operation({
    summary: "Change an account file's own proxy",
    input: z.object({ name: z.string(), proxyUrl: z.string() }),
    output: ok,
    http: {
      method: 'PATCH',
      path: '/auth-files/fields',
      body: 'json-first',
      decode: ({ body }) => {
        const { proxy_url, ...rest } = foldNames(asObject(body), ['name', 'proxy_url']);
        return { ...rest, proxyUrl: proxy_url };
      },
      wireBody: z.object({ name: z.string(), proxy_url: z.string() }),
    },
  }),
};
