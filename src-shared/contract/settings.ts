// Settings that are one value each.
import { z } from 'zod';
import { operation } from '../operation.ts';
import type { SettingsTable } from '../settings.ts';
import { ok } from './helpers/done.ts';
import { settingRows } from './helpers/setting-rows.ts';

export const settingsContract = <T extends SettingsTable>(table: T) => ({
  ...settingRows(table),
  'proxy-url.clear': operation({
    summary: 'Clear the proxy address',
    input: z.undefined(),
    output: ok,
    http: { method: 'DELETE', path: '/proxy-url' },
  }),
});

export type SettingsContract<T extends SettingsTable> = ReturnType<typeof settingsContract<T>>;
