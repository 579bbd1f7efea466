// Windows tells only windows that the person logs off, and a tray app may have none.
import { expect, test, vi } from 'vitest';
import { endSession } from '../../support/electron/base-window.ts';

vi.mock('electron', () => import('../../support/electron/base-window.ts'));
const { delaySessionEnd } = await import('../../../src-main/electron/lifecycle/session-end.ts');

test('on Windows logging off is delayed until the app has quit, without any window open', () => {
  const quit = vi.fn();
  delaySessionEnd('win32', quit);
  expect(endSession()).toBe(true);
  expect(quit).toHaveBeenCalledOnce();
});
