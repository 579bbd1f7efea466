// How the tray answers clicks on each system, and when its icon and menu are set again.
import { beforeEach, expect, test, vi } from 'vitest';
import { desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import type { TrayAction } from '../../../src-main/electron/tray/tray-item.ts';
import { initialTrayFacts, type Platform, type TrayState } from '../../../src-main/electron/tray/tray-state.ts';
import { theTray } from '../../support/electron/menu.ts';

vi.mock('electron', () => import('../../support/electron/menu.ts'));
const { TrayView } = await import('../../../src-main/electron/tray/tray-view.ts');

const icons = new URL('../../../resources/tray/', import.meta.url).pathname;

const state = (platform: Platform): TrayState => ({
  platform,
  server: { state: 'running', address: 'http://127.0.0.1:8317' },
  invalid: undefined,
  accounts: { ready: 1, needLogin: 0 },
  limits: [],
  tools: [],
  settings: initialTrayFacts.settings,
  autoOff: {},
  proxy: { address: '', recent: [] },
  requestLogBytes: 0,
  freePort: undefined,
});

let deeds: (TrayAction | 'toggles' | 'shows')[] = [];
beforeEach(() => {
  deeds = [];
});

function view(platform: Platform) {
  const made = new TrayView(
    {
      iconFile: (icon) => `${icons}${icon}-${platform === 'darwin' ? '16-Template' : '16-black'}.png`,
      text: desktopText('en'),
      onAction: (action) => deeds.push(action),
      toggleWindow: () => deeds.push('toggles'),
      showWindow: () => deeds.push('shows'),
    },
    state(platform),
  );
  const tray = theTray;
  if (tray === undefined) throw new Error('no tray');
  const click = (button: string, altKey = false) => {
    tray.emit(button, { altKey });
    return tray.open?.seen().map(({ label }) => label);
  };
  return { made, tray, click };
}

test('on Windows a left click toggles the window and a right click opens the menu', () => {
  const { tray, click } = view('win32');
  expect(tray.menu).toBeUndefined();
  expect(click('click')).toBeUndefined();
  expect(deeds).toEqual(['toggles']);
  expect(click('right-click')).toContain('Debug logging');
  tray.open?.choose(['Sign in', 'Codex']);
  expect(deeds.at(-1)).toEqual({ type: 'sign-in', provider: 'codex' });
});

test('on macOS any click opens the menu, with Option the window; the icon is a template', () => {
  const { tray, click } = view('darwin');
  expect(tray.image.template).toBe(true);
  expect(click('click', true)).toBeUndefined();
  expect(deeds).toEqual(['shows']);
  expect(click('click')).toContain('Debug logging');
});

test('on Linux the menu is set, and set again only when it has changed', () => {
  const { made, tray } = view('linux');
  const first = tray.menu;
  expect(first?.seen().some(({ type }) => type === 'submenu')).toBe(false);
  made.render(state('linux'));
  expect(tray.menu).toBe(first);
  const debug = { ...state('linux').settings, debug: true };
  made.render({ ...state('linux'), settings: debug });
  expect(tray.menu).not.toBe(first);
  expect(tray.menu?.seen().find(({ label }) => label === 'Debug logging')?.checked).toBe(true);
  expect(tray.image.file).toContain('debug-');
});

test('the tooltip says the state in three lines', () => {
  const { tray } = view('win32');
  expect(tray.tooltip).toBe('CLI Proxy Desktop\nRunning, 127.0.0.1:8317\n1 account available');
});
