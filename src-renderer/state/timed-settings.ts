// When settings that were switched on for a while go off.
import type { AutoOffSetting } from '../../src-shared/contract/timed-settings.ts';
import { useRead } from './client.ts';

/** RFC 3339; undefined when it stays as it is. */
export const useAutoOff = (name: AutoOffSetting): string | undefined =>
  useRead('auto-off.list').data?.timers.find(({ setting }) => setting === name)?.until;
