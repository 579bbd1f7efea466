// Checks of what is set, and the report for asking for help.
import { z } from 'zod';
import { compatibilityProvider, keyEntry } from '../config.ts';
import { type FindingName, findings } from '../doctor-findings.ts';
import { operation } from '../operation.ts';
import { keyProviders } from '../providers.ts';
import { asObject, foldNames } from '../wire.ts';

const count = z.int().min(0);

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
    'config-notices',
    'auth-writable',
    'log-folder',
    'app-data',
    'history',
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

export const diagnosticsContract = {
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
    summary: "Ask a provider for its models, and one of them for one token, with the entry's own key",
    input: z.object({
      /** Name of the list in the config that the entry belongs to. */
      list: z.enum(keyProviders.map(({ keys }) => keys.list)),
      entry: z.union([keyEntry, compatibilityProvider]),
      /** `token`: also a model of the entry, or else a listed one, for exactly one token. */
      ask: z.enum(['models', 'token']).default('models'),
    }),
    output: probe.extend({
      models: z.array(z.string()),
      /** What is published of the listed models; those that nobody knows are left out. */
      facts: z.array(
        z.object({
          id: z.string(),
          contextTokens: z.number().optional(),
          /** List price in US dollars per million tokens. */
          inputUsd: z.number().optional(),
          outputUsd: z.number().optional(),
        }),
      ),
      /** The model that was asked for one token; `''` when only the list was asked for. */
      model: z.string(),
    }),
    http: { method: 'POST', path: '/provider-test', body: 'json' },
  }),
  'provider.recognize': operation({
    summary: 'Say which service a pasted key, address or curl line belongs to; sends nothing',
    input: z.object({ text: z.string() }),
    output: z.object({
      kind: z.enum(['key', 'address', 'curl', 'unknown']),
      /** As pasted; `''` where there is none. */
      key: z.string(),
      baseUrl: z.string(),
      model: z.string(),
      /** Services that it fits, all of them for what is unknown, in the order of their names. */
      presets: z.array(
        z.object({ id: z.string(), name: z.string(), mark: z.string(), list: z.string(), 'base-url': z.string() }),
      ),
    }),
    http: { method: 'POST', path: '/provider-recognition', body: 'json' },
  }),
  'local-servers.find': operation({
    summary: 'Look for model servers at their usual places on this machine',
    input: z.undefined(),
    output: z.object({
      servers: z.array(
        z.object({ id: z.string(), name: z.string(), baseUrl: z.string(), models: z.array(z.string()) }),
      ),
    }),
    http: { method: 'POST', path: '/local-servers' },
  }),
  'proxy-test.run': operation({
    summary: 'Say whether a proxy can be reached',
    input: z.object({ url: z.string() }),
    output: probe,
    http: { method: 'POST', path: '/proxy-test', body: 'json' },
  }),
  'diagnostics.get': operation({
    summary: 'A report for asking for help, without keys and e-mails',
    input: z.undefined(),
    output: z.object({ text: z.string() }),
    http: { method: 'GET', path: '/diagnostics' },
  }),
};
