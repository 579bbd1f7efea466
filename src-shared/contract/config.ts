// The whole config: as a document for clients, and as the YAML text on disk.
import { z } from 'zod';
import { compatibilityProvider, keyEntry, keyListFields, modelAlias } from '../config.ts';
import { operation } from '../operation.ts';
import { bareKeys, compatibleList } from '../providers.ts';
import { nestSettings } from '../setting-paths.ts';
import { apiSettings, type PathsWith, type SettingGroup, type Settings, type SettingsTable } from '../settings.ts';

/** What `GET /config` shows: never port, host, auth-dir, remote-management or unknown top-level keys. */
const configViewSchema = <T extends SettingsTable>(table: T) => z.object({ ...settingViews(table), ...lists });

const lists = {
  'api-keys': z.array(z.string()),
  auth: z.object({}),
  [bareKeys.bareList]: z.array(z.string()),
  'gl-api-key': z.array(z.string()),
  ...keyListFields(z.array(keyEntry)),
  [compatibleList]: z.array(compatibilityProvider),
  'oauth-excluded-models': z.record(z.string(), z.array(z.string())),
  'oauth-model-alias': z.record(z.string(), z.array(modelAlias)),
};

export type ListsView = z.output<z.ZodObject<typeof lists>>;

type ApiPath<T extends SettingsTable> = PathsWith<T, { readonly api: true }>;
type SettingViews<T extends SettingsTable> = {
  [P in ApiPath<T> as P extends `${string}/${string}` ? never : P]: T[P]['schema'];
} & {
  [G in SettingGroup<ApiPath<T>>]: z.ZodObject<{
    [P in ApiPath<T> as P extends `${G}/${infer Name}` ? Name : never]: T[P]['schema'];
  }>;
};

/** The schema of each setting that clients may read, those of one group inside an object of their own. */
function settingViews<T extends SettingsTable>(table: T): SettingViews<T> {
  const fields = nestSettings<z.ZodType>(apiSettings(table).map(([path, { schema }]) => [path, schema]));
  const nested = Object.entries(fields).map(([name, field]) => [
    name,
    field instanceof z.ZodType ? field : z.object(field),
  ]);
  // Its type says per path what the lines above do for all of them.
  return Object.fromEntries(nested) as SettingViews<T>;
}

export const configNotice = z.object({
  /** Of the key, or of the value in a list; both from 1. */
  line: z.int().min(1),
  column: z.int().min(1),
  /** Such as `gemini-api-key[1].base_url`. */
  path: z.string(),
  kind: z.enum(['unused', 'misspelt', 'refused', 'deprecated', 'unsafe']),
  /** A sentence without values: they may be secrets. */
  message: z.string(),
  /** The key to write instead, without its path. */
  suggestion: z.string().optional(),
});
/** Something in the config file that has no effect here, or an unsafe one. */
export type ConfigNotice = Readonly<z.output<typeof configNotice>>;

const configCheck = z.object({
  /** Why it is no config, and where; `''` and 0 for a valid one. */
  message: z.string(),
  line: z.int().min(0),
  column: z.int().min(0),
  /** Of a valid document; absent where there are none. */
  notices: z.array(configNotice).optional(),
});
export type ConfigCheck = z.output<typeof configCheck>;

export type ConfigView = z.output<ReturnType<typeof configViewSchema<Settings>>>;

export const configContract = <T extends SettingsTable>(table: T) => ({
  'config.get': operation({
    summary: 'Read the whole config as a document',
    input: z.undefined(),
    output: configViewSchema(table),
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
        body: output.text,
      }),
      wireAnswer: z.string(),
    },
  }),
  'config-yaml.put': operation({
    summary: 'Replace the config with a YAML document',
    input: z.object({ text: z.string() }),
    output: z.object({
      ok: z.literal(true),
      changed: z.array(z.string()),
      /** Absent where neither the old document nor the new one has any; an empty list says that the old ones are gone. */
      notices: z.array(configNotice).optional(),
    }),
    http: {
      method: 'PUT',
      path: '/config.yaml',
      body: 'text',
      decode: ({ body }) => ({ text: body }),
      wireBody: z.string(),
    },
  }),
  'config-notices.list': operation({
    summary: 'List what the config file says without effect, misspelt or unsafe',
    input: z.undefined(),
    output: z.object({ notices: z.array(configNotice) }),
    http: { method: 'GET', path: '/config-notices' },
  }),
  'config-yaml.check': operation({
    summary: 'Say whether a YAML document is a valid config, without saving it',
    input: z.object({ text: z.string() }),
    output: configCheck,
    http: { method: 'POST', path: '/config-check', body: 'json' },
  }),
});

export type ConfigContract<T extends SettingsTable> = ReturnType<typeof configContract<T>>;
