// The built desktop app from end to end, on the stand-in for Electron: real program, real page in Chromium, real files.
import { expect, test } from 'vitest';
import { startDesktop, until } from '../support/desktop.ts';

const isChecked = async (desktop: ReturnType<typeof startDesktop>, label: string) =>
  (await desktop.tray())?.menu.find((item) => item.label === label)?.checked;

test('debug toggled in the tray changes the file, the HTTP answer and the open window', async () => {
  const desktop = startDesktop({ config: 'debug: false # mine\n' });
  await desktop.address();
  await desktop.page('waitForSelector', 'text=CLI Proxy');
  expect(desktop.output()).toBe('');
});
