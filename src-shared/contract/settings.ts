// The settings that are one value each. Adding one is a line here and a line in `config.ts`.
import { z } from 'zod';
import { integer, routingStrategy } from '../config.ts';
import { ok, settingRows } from '../families.ts';
import { operation } from '../operation.ts';

export const settings = {
  debug: z.boolean(),
  'logging-to-file': z.boolean(),
  'logs-max-total-size-mb': integer,
  'usage-statistics-enabled': z.boolean(),
  'request-log': z.boolean(),
  'request-retry': integer,
  'max-retry-interval': integer,
  'proxy-url': z.string(),
  'ws-auth': z.boolean(),
  'disable-cooling': z.boolean(),
  'quota-exceeded/switch-project': z.boolean(),
  'quota-exceeded/switch-preview-model': z.boolean(),
  'routing/strategy': routingStrategy,
} as const;

export type SettingName = keyof typeof settings;

export const settingsContract = {
  ...settingRows(settings),
  'proxy-url.clear': operation({
    summary: 'Clear the proxy address',
    input: z.undefined(),
    output: ok,
    http: { method: 'DELETE', path: '/proxy-url' },
  }),
};
