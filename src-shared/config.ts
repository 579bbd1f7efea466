// The config document: every key the program reads, with its type and default. Unknown keys are kept, never listed.
import { z } from 'zod';

const text = z.string().default('');
const flag = z.boolean().default(false);

/** A model offered by a provider: the provider's name and the name clients use. */
export const modelAlias = z.looseObject({ name: z.string().optional(), alias: z.string().optional() });

const headers = z.record(z.string(), z.string());

/**
 * One key of a provider. Codex, Claude, Gemini and Vertex entries all have this shape.
 * Fields stay optional so that writing a list back adds nothing to the entries that were not touched.
 */
export const keyEntry = z.looseObject({
  'api-key': z.string().optional(),
  'base-url': z.string().optional(),
  'proxy-url': z.string().optional(),
  headers: headers.optional(),
  models: z.array(modelAlias).optional(),
  'excluded-models': z.array(z.string()).optional(),
  disabled: z.boolean().optional(),
});

export const compatibilityKey = z.looseObject({ 'api-key': z.string().optional(), 'proxy-url': z.string().optional() });

/** One OpenAI-compatible provider with its keys. `api-keys` is the legacy form of `api-key-entries`. */
export const compatibilityProvider = z.looseObject({
  name: z.string().optional(),
  'base-url': z.string().optional(),
  'api-keys': z.array(z.string()).optional(),
  'api-key-entries': z.array(compatibilityKey).optional(),
  models: z.array(modelAlias).optional(),
  headers: headers.optional(),
  disabled: z.boolean().optional(),
});

const inlineProvider = z.looseObject({ name: text, type: text, 'api-keys': z.array(z.string()).default([]) });

export const routingStrategy = z.enum(['round-robin', 'fill-first']);

/** An integer a Go int64 field would take and a JavaScript number holds exactly. */
export const integer = z.int();

/** The document as it is read. Keys follow the order of the public example. */
export const configSchema = z.looseObject({
  host: z.string().default('127.0.0.1'),
  port: integer
    .min(0, 'a port is a number from 0 to 65535')
    .max(65535, 'a port is a number from 0 to 65535')
    .default(8317),
  'auth-dir': z.string().default('~/.cli-proxy-api'),
  'remote-management': z
    .looseObject({ 'allow-remote': flag, 'secret-key': text, 'disable-control-panel': flag })
    .prefault({}),
  debug: flag,
  'logging-to-file': flag,
  'logs-max-total-size-mb': integer.default(512),
  'usage-statistics-enabled': flag,
  'request-log': flag,
  'request-retry': integer.default(0),
  'max-retry-interval': integer.default(30),
  'proxy-url': text,
  'disable-cooling': flag,
  'ws-auth': flag,
  'quota-exceeded': z.looseObject({ 'switch-project': flag, 'switch-preview-model': flag }).prefault({}),
  routing: z.looseObject({ strategy: routingStrategy.default('round-robin') }).prefault({}),
  'api-keys': z.array(z.string()).default([]),
  'gemini-api-key': z.array(keyEntry).default([]),
  'generative-language-api-key': z.array(z.string()).default([]),
  'claude-api-key': z.array(keyEntry).default([]),
  'codex-api-key': z.array(keyEntry).default([]),
  'vertex-api-key': z.array(keyEntry).default([]),
  'openai-compatibility': z.array(compatibilityProvider).default([]),
  auth: z.looseObject({ providers: z.array(inlineProvider).default([]) }).prefault({}),
  'oauth-excluded-models': z.record(z.string(), z.array(z.string())).default({}),
  'oauth-model-alias': z.record(z.string(), z.array(modelAlias)).default({}),
});

export type ModelAlias = z.output<typeof modelAlias>;
export type KeyEntry = z.output<typeof keyEntry>;
export type CompatibilityProvider = z.output<typeof compatibilityProvider>;
/** A whole config, defaults filled in. */
export type Config = z.output<typeof configSchema>;
export type RoutingStrategy = z.output<typeof routingStrategy>;

/** The four lists whose entries are one API key each. */
export const keyListNames = ['gemini-api-key', 'claude-api-key', 'codex-api-key', 'vertex-api-key'] as const;
export type KeyListName = (typeof keyListNames)[number];
