// The whole config: as a document for clients, and as the YAML text on disk.
import { z } from 'zod';
import { compatibilityProvider, keyEntry, modelAlias, routingStrategy } from '../config.ts';
import { operation } from '../operation.ts';

/** What `GET /config` shows: never port, host, auth-dir, remote-management or unknown top-level keys. */
export const configView = z.object({
  'proxy-url': z.string(),
  'request-log': z.boolean(),
  'api-keys': z.array(z.string()),
  auth: z.object({}),
  debug: z.boolean(),
  'logging-to-file': z.boolean(),
  'logs-max-total-size-mb': z.int(),
  'usage-statistics-enabled': z.boolean(),
  'disable-cooling': z.boolean(),
  'quota-exceeded': z.object({ 'switch-project': z.boolean(), 'switch-preview-model': z.boolean() }),
  'ws-auth': z.boolean(),
  routing: z.object({ strategy: routingStrategy }),
  'generative-language-api-key': z.array(z.string()),
  'gl-api-key': z.array(z.string()),
  'gemini-api-key': z.array(keyEntry),
  'vertex-api-key': z.array(keyEntry),
  'request-retry': z.int(),
  'max-retry-interval': z.int(),
  'claude-api-key': z.array(keyEntry),
  'codex-api-key': z.array(keyEntry),
  'openai-compatibility': z.array(compatibilityProvider),
  'oauth-excluded-models': z.record(z.string(), z.array(z.string())),
  'oauth-model-alias': z.record(z.string(), z.array(modelAlias)),
});
export type ConfigView = z.output<typeof configView>;

export const configContract = {
  'config.get': operation({
    summary: 'Read the whole config as a document',
    input: z.undefined(),
    output: configView,
    http: { method: 'GET', path: '/config' },
  }),
  'config-yaml.get': operation({
    summary: 'Download the YAML as it is on disk',
    input: z.undefined(),
    output: z.object({ text: z.string() }),
    http: {
      method: 'GET',
      path: '/config.yaml',
      encode: (output: { readonly text: string }) => ({
        type: 'application/yaml; charset=utf-8',
        headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
        body: output.text,
      }),
      wireAnswer: z.string(),
    },
  }),
  'config-yaml.put': operation({
    summary: 'Replace the config with a YAML document',
    input: z.object({ text: z.string() }),
    output: z.object({ ok: z.literal(true), changed: z.array(z.string()) }),
    http: {
      method: 'PUT',
      path: '/config.yaml',
      body: 'text',
      decode: ({ body }) => ({ text: body }),
      wireBody: z.string(),
    },
  }),
};
