// What the tray's menu shows, as a pure function of the state: no Electron, so that every state can be read in a test.
import type { ProviderRow } from '../../../src-shared/provider-row.ts';
import { signInProviders } from '../../../src-shared/providers.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { item, separator, type TrayItem } from './tray-item.ts';
import { limitItems } from './tray-limits.ts';
import type { TrayState } from './tray-state.ts';
import { accountsLine, statusLine } from './tray-status.ts';
import { trayToggles } from './tray-toggles.ts';
import { toolItems } from './tray-tools.ts';

const shells = [
  ['bash', 'bash'],
  ['powershell', 'PowerShell'],
  ['cmd', 'cmd'],
  ['fish', 'fish'],
] as const;

function copyMenu(text: DesktopText): TrayItem {
  return {
    kind: 'menu',
    label: text.copy,
    items: [
      item(text.copyBaseUrl, { type: 'copy', what: 'base-url' }),
      item(text.copyManagementUrl, { type: 'copy', what: 'management-url' }),
      item(text.copyCurl, { type: 'copy', what: 'curl' }),
      separator,
      ...shells.map(([what, name]) => item(text.copyEnvironment(name), { type: 'copy', what })),
    ],
  };
}

function openMenu(text: DesktopText): TrayItem {
  return {
    kind: 'menu',
    label: text.openMenu,
    items: [
      item(text.openLogs, { type: 'open', route: 'logs' }),
      item(text.openConfig, { type: 'open', route: 'config' }),
      item(text.openAccounts, { type: 'folder', folder: 'accounts' }),
      item(text.openConfigFolder, { type: 'folder', folder: 'config' }),
    ],
  };
}

/** An item for every provider that still lets people in. */
export const signInItems = (providers: readonly ProviderRow[]): readonly TrayItem[] =>
  providers.flatMap(({ title, signIn }) =>
    signIn === undefined || signIn.notice?.kind === 'ended'
      ? []
      : [item(title, { type: 'sign-in', provider: signIn.login })],
  );

/** The menu in the order of the design. On Linux it stays flat: many desktops show no submenus. */
export function trayMenu(state: TrayState, text: DesktopText): readonly TrayItem[] {
  const flat = state.platform === 'linux';
  const mac = state.platform === 'darwin';
  const running = state.server.state === 'running' || state.server.state === 'starting';
  const key = (accelerator: string) => (mac ? { accelerator } : {});
  return [
    { kind: 'label', label: statusLine(state, text) },
    item(accountsLine(state, text), {
      type: 'open',
      route: state.invalid ? `config/${state.invalid.line}` : 'accounts',
    }),
    ...limitItems(state.limits, text),
    separator,
    item(text.open, { type: 'open', route: 'home' }),
    flat ? item(text.copyBaseUrlFlat, { type: 'copy', what: 'base-url' }) : copyMenu(text),
    separator,
    ...trayToggles(state, text, flat),
    separator,
    ...(flat
      ? [
          item(text.signInFlat, { type: 'open', route: 'accounts' }),
          ...toolItems(state.tools, text, flat),
          item(text.openLogsFlat, { type: 'open', route: 'logs' }),
        ]
      : [
          { kind: 'menu', label: text.signIn, items: signInItems(signInProviders) } as const,
          ...toolItems(state.tools, text, flat),
          openMenu(text),
        ]),
    separator,
    ...(running
      ? [item(text.restart, { type: 'server', to: 'restart' }), item(text.stop, { type: 'server', to: 'stop' })]
      : [item(text.start, { type: 'server', to: 'start' })]),
    ...(state.freePort === undefined
      ? []
      : [item(text.onOtherPort(state.freePort), { type: 'use-port', port: state.freePort })]),
    separator,
    { ...item(text.settings, { type: 'open', route: 'settings' }), ...key('Command+,') } as TrayItem,
    item(text.checkForUpdates, { type: 'check-for-updates' }),
    { ...item(text.quit, { type: 'quit' }), ...key('Command+Q') } as TrayItem,
  ];
}
