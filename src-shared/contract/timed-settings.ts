// Settings that fill the disk when they are forgotten, switched on for a while only.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { timedSettings } from '../settings.ts';
import { ok } from './helpers/done.ts';

/** The longest time in minutes: a week. */
export const maxMinutes = 10_080;

const timer = z.object({
  setting: z.enum(timedSettings),
  /** RFC 3339. */
  until: z.string(),
});
export type SettingTimer = z.output<typeof timer>;

export const timedSettingsContract = {
  'auto-off.list': operation({
    summary: 'Settings that switch themselves off, and when',
    input: z.undefined(),
    output: z.object({ timers: z.array(timer) }),
    http: { method: 'GET', path: '/auto-off' },
  }),
  'auto-off.set': operation({
    summary: 'Switch a setting on for some minutes; 0: until it is switched off',
    input: z.object({ setting: z.enum(timedSettings), minutes: z.int().min(0).max(maxMinutes) }),
    output: ok,
    http: { method: 'PUT', path: '/auto-off', body: 'json' },
  }),
};
