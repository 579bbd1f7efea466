// One row per setting. The config schema, the routes, `GET /config`, the config form, the Settings page, the YAML
// editor's help and completion and the command palette derive from it. Its two texts stand in
// `src-renderer/i18n/<language>/setting-texts.ts`.
import { z } from 'zod';
import { durationText, readDuration } from './duration.ts';
import { listenAddressText } from './listen-address.ts';
import { readRoutingStrategy, routingStrategies } from './routing-strategy.ts';
import { timeZoneText } from './time-zone.ts';

/** Any integer that a JavaScript number holds exactly. */
export const integer = z.int();

export type SettingSchema = z.ZodBoolean | z.ZodInt | z.ZodNumber | z.ZodString | z.ZodEnum;

interface Row<S extends SettingSchema, Value> {
  readonly schema: S;
  /** In force while the key is absent. */
  readonly default: Value;
  /** Of a number, for people. */
  readonly unit?: 's' | 'MB';
  /** Where the Settings page shows it; without one it is only in the config form and the YAML editor. */
  readonly section?: 'network' | 'retries' | 'security' | 'advanced';
  /** Whether clients of the management API read and set it: it then has two routes and a place in `GET /config`. */
  readonly api: boolean;
  /** Whether a negative number means the default. */
  readonly negativeIsDefault?: true;
  /** Whether it may be switched on for some minutes only. */
  readonly timed?: true;
  /** Whether its value is hidden until it is asked for. */
  readonly secret?: true;
  /** What a text in the file or in a request means, where several spellings mean one value; `undefined` for no value. */
  readonly read?: (written: string) => Value | undefined;
}

export type Setting =
  | Row<z.ZodBoolean, boolean>
  | Row<z.ZodInt, number>
  | Row<z.ZodNumber, number>
  | Row<z.ZodString, string>
  | Row<z.ZodEnum, string>;

/** By path: `routing/strategy` is the key `strategy` inside `routing`. Paths have one or two names. */
export type SettingsTable = Readonly<Record<string, Setting>>;

/** Fractions allowed; 0 where it means no limit. */
const seconds = z.number('must be a number of seconds').min(0, 'must not be negative');

/** Fractions allowed; 0 where it means no limit. */
const amount = z.number('must be a number').min(0, 'must not be negative');

const port = integer.min(0, 'a port is a number from 0 to 65535').max(65535, 'a port is a number from 0 to 65535');

/** In the order of the public example config. */
export const settings = {
  host: { schema: z.string(), default: '127.0.0.1', section: 'network', api: false },
  port: { schema: port, default: 8317, section: 'network', api: false },
  'tls/enable': { schema: z.boolean(), default: false, api: false },
  'tls/cert': { schema: z.string(), default: '', api: false },
  'tls/key': { schema: z.string(), default: '', api: false },
  'auth-dir': { schema: z.string(), default: '~/.cli-proxy-api', api: false },
  'remote-management/allow-remote': { schema: z.boolean(), default: false, section: 'security', api: false },
  'remote-management/secret-key': { schema: z.string(), default: '', api: false, secret: true },
  'remote-management/disable-control-panel': { schema: z.boolean(), default: false, api: false },
  debug: { schema: z.boolean(), default: false, section: 'advanced', api: true, timed: true },
  'logging-to-file': { schema: z.boolean(), default: false, section: 'advanced', api: true },
  'logs-max-total-size-mb': { schema: integer, default: 512, unit: 'MB', section: 'advanced', api: true },
  'error-logs-max-files': {
    schema: integer,
    default: 10,
    section: 'advanced',
    api: true,
    negativeIsDefault: true,
  },
  'usage-statistics-enabled': { schema: z.boolean(), default: false, section: 'advanced', api: true },
  'request-log': { schema: z.boolean(), default: false, section: 'advanced', api: true, timed: true },
  'request-retry': { schema: integer, default: 0, section: 'retries', api: true },
  'max-retry-interval': { schema: integer, default: 30, unit: 's', section: 'retries', api: true },
  'max-retry-credentials': { schema: integer, default: 0, section: 'retries', api: true },
  'proxy-url': { schema: z.string(), default: '', section: 'network', api: true },
  'force-model-prefix': { schema: z.boolean(), default: false, section: 'advanced', api: true },
  'transient-error-cooldown-seconds': { schema: integer, default: 0, unit: 's', api: false },
  'use-env-proxy': { schema: z.boolean(), default: false, section: 'network', api: true },
  'disable-cooling': { schema: z.boolean(), default: false, section: 'retries', api: true },
  'ws-auth': { schema: z.boolean(), default: false, section: 'security', api: true },
  'max-upload-mb': {
    schema: integer.min(1, 'an upload has at least 1 MB'),
    default: 512,
    unit: 'MB',
    section: 'advanced',
    api: true,
  },
  'responses-store/enabled': { schema: z.boolean(), default: true, section: 'advanced', api: true },
  'responses-store/max-mb': { schema: integer.min(1, 'must be at least 1'), default: 64, unit: 'MB', api: false },
  'responses-store/ttl-minutes': { schema: integer.min(1, 'must be at least 1'), default: 60, api: false },
  'image-base-model': { schema: z.string(), default: '', section: 'advanced', api: true },
  'quota-exceeded/switch-project': { schema: z.boolean(), default: false, section: 'retries', api: true },
  'quota-exceeded/switch-preview-model': { schema: z.boolean(), default: false, section: 'retries', api: true },
  'routing/strategy': {
    schema: z.enum(routingStrategies),
    default: 'round-robin',
    section: 'retries',
    api: true,
    read: readRoutingStrategy,
  },
  'streaming/keepalive-seconds': { schema: integer, default: 0, unit: 's', section: 'advanced', api: true },
  'routing/session-affinity': {
    schema: z.enum(['auto', 'true', 'false']),
    default: 'auto',
    section: 'retries',
    api: true,
  },
  'routing/session-affinity-ttl': { schema: durationText, default: '1h', api: true, read: readDuration },
  'routing/session-affinity-max': { schema: integer.min(1, 'must be at least 1'), default: 100_000, api: true },
  'save-cooldown-status': { schema: z.boolean(), default: false, section: 'retries', api: true },
  'first-byte-timeout-seconds': { schema: seconds, default: 600, unit: 's', api: true },
  'idle-timeout-seconds': { schema: seconds, default: 300, unit: 's', api: true },
  'request-history/enabled': { schema: z.boolean(), default: true, section: 'advanced', api: true },
  'request-history/days': { schema: amount, default: 90, section: 'advanced', api: true },
  'request-history/max-mb': { schema: amount, default: 256, unit: 'MB', section: 'advanced', api: true },
  'queue-timeout-seconds': { schema: seconds, default: 30, unit: 's', api: true },
  'passthrough-headers': {
    schema: z.enum(['auto', 'true', 'false']),
    default: 'auto',
    section: 'advanced',
    api: true,
  },
  'time-zone': { schema: timeZoneText, default: '', api: false },
  'metrics/listen': { schema: listenAddressText, default: '', api: false },
} as const satisfies SettingsTable;

export type Settings = typeof settings;
/** Every setting. */
export type SettingPath = keyof Settings;
/** The first name of every path with two. */
export type SettingGroup<P = SettingPath> = P extends `${infer G}/${string}` ? G : never;
/** Paths of a table whose rows have `Part` in them. */
export type PathsWith<T extends SettingsTable, Part> = {
  [K in keyof T & string]: T[K] extends Part ? K : never;
}[keyof T & string];
/** Settings that clients of the management API read and set. */
export type SettingName = PathsWith<Settings, { readonly api: true }>;
export type TimedSetting = PathsWith<Settings, { readonly timed: true }>;
/** What stands on when it is forgotten fills the disk. */
export const timedSettings = Object.entries(settings)
  .filter(([, row]: readonly [string, Setting]) => row.timed)
  .map(([path]) => path) as readonly string[] as readonly [TimedSetting, ...TimedSetting[]];

export type SettingValue<P extends SettingPath> = z.output<Settings[P]['schema']>;

/** Rows of a table that clients of the management API read and set, with their paths. */
export const apiSettings = (table: SettingsTable): readonly (readonly [path: string, row: Setting])[] =>
  Object.entries(table).filter(([, { api }]) => api);

/** What a value of the file or of a request means; `undefined` for a word that the setting does not know. */
export function meantBy({ read, negativeIsDefault, default: fallback }: Setting, written: unknown): unknown {
  if (read !== undefined && typeof written === 'string') return read(written);
  return negativeIsDefault && typeof written === 'number' && written < 0 ? fallback : written;
}
