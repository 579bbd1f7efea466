// The tray in every interesting state, on three systems and in two languages, as texts to read.
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DesktopText, desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import { formatBytes } from '../../../src-main/electron/tray/byte-size.ts';
import { proxyLabel } from '../../../src-main/electron/tray/proxy-label.ts';
import { trayIconFile } from '../../../src-main/electron/tray/tray-icon-file.ts';
import type { TrayItem } from '../../../src-main/electron/tray/tray-item.ts';
import { trayMenu } from '../../../src-main/electron/tray/tray-menu.ts';
import type { Platform, TrayState } from '../../../src-main/electron/tray/tray-state.ts';
import { accountsLine, statusLine, trayIcon } from '../../../src-main/electron/tray/tray-status.ts';

const platforms: readonly Platform[] = ['win32', 'darwin', 'linux'];

const quiet: TrayState = {
  platform: 'linux',
  server: { state: 'running', address: 'http://127.0.0.1:8317' },
  invalid: undefined,
  accounts: { ready: 5, needLogin: 0 },
  limits: [],
  tools: [],
  settings: {
    debug: false,
    'request-log': false,
    'logging-to-file': true,
    'usage-statistics-enabled': true,
    'quota-exceeded/switch-project': true,
    'quota-exceeded/switch-preview-model': true,
  },
  autoOff: {},
  proxy: { address: '', recent: [] },
  requestLogBytes: 0,
  freePort: undefined,
};

const states: Readonly<Record<string, TrayState>> = {
  'all is well': quiet,
  'an account needs a login, a proxy is in use': {
    ...quiet,
    accounts: { ready: 5, needLogin: 1 },
    proxy: {
      address: 'socks5://127.0.0.1:1080',
      recent: ['socks5://127.0.0.1:1080', 'http://user:secret@proxy:3128'],
    },
  },
  'debug and request log are on, the proxy was switched off': {
    ...quiet,
    settings: { ...quiet.settings, debug: true, 'request-log': true },
    requestLogBytes: 1_234_567_890,
    proxy: { address: '', recent: ['http://user:secret@proxy:3128'] },
  },
  'debug and request log go off by themselves': {
    ...quiet,
    settings: { ...quiet.settings, debug: true, 'request-log': true },
    autoOff: { debug: '20:45', 'request-log': '21:00' },
    requestLogBytes: 1_234,
  },
  'limits of accounts are known': {
    ...quiet,
    limits: [
      ['Codex name@', '7d', 0.48],
      ['Codex work@', '5h', 1],
      ['Claude team@', '7d', 0.8612],
      ['Claude name@', '5h', 0.42],
      ['Claude spare@', '5h', 0],
    ].map(([account, window, used]) => ({
      ...{ account: String(account), window: String(window), used: Number(used) },
      // A Wednesday long gone, so that the text is the same on every day.
      resetsAt: used === 0 ? null : new Date(2026, 0, 7, 22).toISOString(),
    })),
  },
  'tools are found': {
    ...quiet,
    tools: [
      { id: 'claude-code', name: 'Claude Code', state: 'configured', isWritten: true },
      { id: 'codex', name: 'Codex', state: 'stale', isWritten: true },
      { id: 'gemini-cli', name: 'Gemini CLI', state: 'changed', isWritten: true },
      { id: 'opencode', name: 'OpenCode', state: 'absent', isWritten: false },
      { id: 'pi', name: 'Pi', state: 'invalid', isWritten: false },
    ],
  },
  'the server was stopped': { ...quiet, server: { state: 'stopped', address: 'http://127.0.0.1:8317' } },
  'the port is taken': {
    ...quiet,
    server: { state: 'failed', address: 'http://127.0.0.1:8317', message: 'Port 8317 is in use.' },
    freePort: 8318,
  },
  'the config is invalid, the last valid one is in force': { ...quiet, invalid: { line: 12 } },
  'nothing is set up yet': { ...quiet, accounts: { ready: 0, needLogin: 0 } },
};

function linesOf(items: readonly TrayItem[], indent: string): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === 'separator') return [`${indent}──────`];
    if (item.kind === 'label') return [`${indent}  ${item.label}  (grey)`];
    if (item.kind === 'menu') return [`${indent}▸ ${item.label}`, ...linesOf(item.items, `${indent}    `)];
    const mark = item.kind === 'item' ? ' ' : item.checked ? (item.kind === 'radio' ? '•' : '✓') : '▢';
    const keys = item.kind === 'item' && item.accelerator ? `  [${item.accelerator}]` : '';
    return [`${indent}${mark} ${item.label}${keys}`];
  });
}

const shown = (name: string, state: TrayState, text: DesktopText) =>
  [
    `${name}   (icon: ${trayIcon(state)})`,
    `tooltip: ${statusLine(state, text)} / ${accountsLine(state, text)}`,
    ...linesOf(trayMenu(state, text), '    '),
    '',
  ].join('\n');

test.each(platforms.flatMap((platform) => ['en', 'zh-CN'].map((locale) => [platform, locale] as const)))(
  'the tray of %s in %s',
  async (platform, locale) => {
    const text = Object.entries(states).map(([name, state]) =>
      shown(name, { ...state, platform }, desktopText(locale)),
    );
    await expect(text.join('\n')).toMatchFileSnapshot(`snapshots/tray-${platform}-${locale}.txt`);
  },
);

test('no password of a proxy is ever shown', () => {
  fc.assert(
    fc.property(fc.constantFrom(...platforms), fc.stringMatching(/^[A-Za-z0-9]{6,20}$/), (platform, secret) => {
      const address = `http://user:${secret}@proxy:3128`;
      const state = { ...quiet, platform, proxy: { address, recent: [address] } };
      const labels = linesOf(trayMenu(state, desktopText('en')), '').join('\n');
      expect(labels.replaceAll('user:', '')).not.toContain(`${secret}@`);
    }),
  );
});

test.each([
  ['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
  ['http://user:pass@proxy:3128', 'http://user:•••@proxy:3128'],
  ['http://user:p@ss:word@proxy:3128', 'http://user:•••@proxy:3128'],
  ['http://token@proxy', 'http://•••@proxy'],
])('%s is shown as %s', (address, label) => {
  expect(proxyLabel(address)).toBe(label);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_950, '1000 kB'],
  [123_400_000, '123 MB'],
  [1_234_567_890, '1.2 GB'],
])('%i bytes are shown as %s', (bytes, label) => {
  expect(formatBytes(bytes)).toBe(label);
});

test('there is a picture for every state on every system, at every size it is shown in', () => {
  const folder = path.resolve(import.meta.dirname, '../../../resources/tray');
  const factors = { win32: ['', '@1.25x', '@1.5x', '@2x'], darwin: ['', '@2x'], linux: ['', '@2x'] } as const;
  const files = (['running', 'stopped', 'attention', 'debug'] as const).flatMap((icon) =>
    platforms.flatMap((platform) =>
      [true, false].flatMap((isPanelDark) =>
        [true, false].flatMap((coloured) => {
          const name = trayIconFile(icon, { platform, isPanelDark, coloured });
          return factors[platform].map((factor) => name.replace('.png', `${factor}.png`));
        }),
      ),
    ),
  );
  expect(files.filter((name) => !existsSync(path.join(folder, name)))).toEqual([]);
});
