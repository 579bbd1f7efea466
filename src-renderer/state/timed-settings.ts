// When settings that were switched on for a while go off.
import type { TimedSetting } from '../../src-shared/settings.ts';
import { useRead } from './client.ts';

/** RFC 3339; undefined when it stays as it is. */
export const useAutoOff = (name: TimedSetting): string | undefined =>
  useRead('auto-off.list').data?.timers.find(({ setting }) => setting === name)?.until;
