// Tray and native menus speak the language that was chosen in the window, also after a restart.
import { expect, test } from 'vitest';
import { type Desktop, startDesktop, until } from '../support/desktop.ts';

const speaks = (desktop: Desktop, words: string) =>
  until(
    async () => (await desktop.tray())?.menu.map(({ label }) => label),
    (labels) => labels?.includes(words) === true,
  );

test('the tray follows the choice in Settings at once, and remembers it', async () => {
  const desktop = startDesktop({ env: { STAND_IN_LOCALE: 'en-US' } });
  await desktop.address();
  await speaks(desktop, 'Debug logging');
  await desktop.openLink('cliproxy://settings/language');
  await desktop.page('click', '#language input');
  await desktop.page('click', 'role=option[name="简体中文"]');
  await speaks(desktop, '调试日志');
  expect((await desktop.tray())?.tooltip).toContain('运行中');
  await desktop.chooseInMenu('帮助', '运行诊断');
  await until(desktop.place, (place) => place === 'help/doctor');
  await desktop.quit();
  await desktop.exit;

  // Hidden: no window tells anything.
  const again = startDesktop({ home: desktop.home, args: ['--hidden'], env: { STAND_IN_LOCALE: 'en-US' } });
  await speaks(again, '调试日志');
});
