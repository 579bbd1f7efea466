// Handlers of the settings that switch themselves off.

import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { timedSettingsContract } from '../../../src-shared/contract/timed-settings.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { TimedSettings } from '../../config/timed-settings.ts';

export function timedSettingsHandlers(timedSettings: TimedSettings): Implementation<typeof timedSettingsContract> {
  return {
    'auto-off.list': () => ({ timers: [...timedSettings.list()] }),
    'auto-off.set': async ({ setting, minutes }, actor) => {
      await timedSettings.switchOn(setting, minutes, actor);
      return done;
    },
  };
}
