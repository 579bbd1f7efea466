// What the tray shows, as a pure function of the state: no Electron, so that every state can be read in a test.
import type { ServerStatus } from '../../../src-shared/events.ts';
import { type ProviderRow, signInProviders } from '../../../src-shared/providers.ts';
import type { TimedSetting } from '../../../src-shared/settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';

export type Platform = 'win32' | 'darwin' | 'linux';
export type CopyKind = 'base-url' | 'management-url' | 'curl' | 'bash' | 'powershell' | 'cmd' | 'fish';
export type FolderKind = 'config' | 'accounts' | 'logs';

/** Everything the tray depends on. */
export interface TrayState {
  readonly platform: Platform;
  readonly server: ServerStatus;
  readonly broken: { readonly line: number } | undefined;
  readonly accounts: { readonly ready: number; readonly needLogin: number };
  readonly settings: Readonly<
    Record<
      | 'debug'
      | 'request-log'
      | 'logging-to-file'
      | 'usage-statistics-enabled'
      | 'quota-exceeded/switch-project'
      | 'quota-exceeded/switch-preview-model',
      boolean
    >
  >;
  /** Local clock times such as `20:45` at which settings go off by themselves. */
  readonly autoOff: Readonly<Partial<Record<TimedSetting, string>>>;
  /** `proxy-url` in force, `''` for none, and addresses used before, newest first. */
  readonly proxy: { readonly address: string; readonly recent: readonly string[] };
  /** Bytes of the logs, 0 when there are none. */
  readonly requestLogBytes: number;
  /** Where the server could listen instead, while its own port is taken by another program. */
  readonly freePort: number | undefined;
}

/** What a click asks for. The shell carries it out, settings through `dispatch`. */
export type TrayAction =
  /** `place` is an address inside the window, such as `config/12`. */
  | { readonly act: 'open'; readonly place: string }
  | { readonly act: 'copy'; readonly what: CopyKind }
  | { readonly act: 'set'; readonly setting: keyof TrayState['settings']; readonly value: boolean }
  | { readonly act: 'proxy'; readonly address: string }
  | { readonly act: 'proxy-from-clipboard' | 'proxy-edit' | 'proxy-test' }
  | { readonly act: 'sign-in'; readonly provider: string }
  | { readonly act: 'folder'; readonly folder: FolderKind }
  | { readonly act: 'server'; readonly to: 'start' | 'restart' | 'stop' }
  | { readonly act: 'use-port'; readonly port: number }
  | { readonly act: 'check-for-updates' | 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly action: TrayAction; readonly accelerator?: string }
  | { readonly kind: 'check' | 'radio'; readonly label: string; readonly checked: boolean; readonly action: TrayAction }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

const separator: TrayItem = { kind: 'separator' };
const item = (label: string, action: TrayAction): TrayItem => ({ kind: 'item', label, action });

const shells = [
  ['bash', 'bash'],
  ['powershell', 'PowerShell'],
  ['cmd', 'cmd'],
  ['fish', 'fish'],
] as const;

/** `socks5://user:•••@127.0.0.1:1080`. A name without a password may be a token, so it is hidden too. */
export function shownProxy(address: string): string {
  // The user info ends at the last @ before the path: a password may contain others.
  return address.replace(/^([a-z0-9+.-]+:\/\/)([^/?#]*)@/i, (_, scheme: string, userInfo: string) => {
    const user = userInfo.includes(':') ? `${userInfo.split(':')[0]}:` : '';
    return `${scheme}${user}•••@`;
  });
}

const host = (address: string) => address.replace(/^[a-z0-9+.-]+:\/\//i, '').replace(/\/.*$/, '');
const hostOfProxy = (address: string) => host(address).replace(/^.*@/, '');

/** Bytes in the unit a person reads: `1.2 GB`. */
export function shownSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** The first line: the server's state in words. Also the tooltip's first line. */
export function statusLine({ server }: TrayState, text: DesktopText): string {
  if (server.state === 'running') return text.running(host(server.address));
  return text[server.state];
}

/** What needs the person, or how many accounts are ready. */
export function accountsLine({ accounts, broken }: TrayState, text: DesktopText): string {
  if (broken) return text.configBroken(broken.line);
  const parts = [
    ...(accounts.ready > 0 ? [text.accountsReady(accounts.ready)] : []),
    ...(accounts.needLogin > 0 ? [text.accountsNeedLogin(accounts.needLogin)] : []),
  ];
  return parts.join(', ') || text.noAccounts;
}

export type TrayIcon = 'running' | 'stopped' | 'attention' | 'debug';

/** Which of the four pictures the state calls for. */
export function trayIcon({ server, broken, accounts, settings }: TrayState): TrayIcon {
  if (server.state === 'failed' || broken || accounts.needLogin > 0) return 'attention';
  if (server.state !== 'running') return 'stopped';
  return settings.debug || settings['request-log'] ? 'debug' : 'running';
}

function toggles(state: TrayState, text: DesktopText, flat: boolean): readonly TrayItem[] {
  const { settings, proxy } = state;
  const check = (label: string, setting: keyof TrayState['settings']): TrayItem => ({
    kind: 'check',
    label,
    checked: settings[setting],
    action: { act: 'set', setting, value: !settings[setting] },
  });
  const size = state.requestLogBytes;
  const until = (setting: TimedSetting) => {
    const time = settings[setting] ? state.autoOff[setting] : undefined;
    return time === undefined ? [] : [text.until(time)];
  };
  const withNotes = (label: string, notes: readonly string[]) =>
    notes.length > 0 ? text.withSize(label, notes.join(', ')) : label;
  const requestLog = withNotes(text.requestLog, [...until('request-log'), ...(size > 0 ? [shownSize(size)] : [])]);
  const remembered = proxy.address || proxy.recent[0] || '';
  const useProxy =
    flat && proxy.address !== '' ? text.withSize(text.useProxy, hostOfProxy(proxy.address)) : text.useProxy;
  const quota = [
    ['quota-exceeded/switch-project', text.switchProject],
    ['quota-exceeded/switch-preview-model', text.switchPreview],
  ] as const;
  return [
    check(withNotes(text.debug, until('debug')), 'debug'),
    check(requestLog, 'request-log'),
    {
      kind: 'check',
      label: useProxy,
      checked: proxy.address !== '',
      action:
        proxy.address !== ''
          ? { act: 'proxy', address: '' }
          : remembered !== ''
            ? { act: 'proxy', address: remembered }
            : { act: 'proxy-edit' },
    },
    ...(flat ? [] : [proxyMenu(state, text)]),
    check(text.logToFile, 'logging-to-file'),
    check(text.usage, 'usage-statistics-enabled'),
    ...(flat
      ? quota.map(([setting, label]) => check(text.quotaFlat(label), setting))
      : [{ kind: 'menu', label: text.quota, items: quota.map(([setting, label]) => check(label, setting)) } as const]),
  ];
}

function proxyMenu({ proxy }: TrayState, text: DesktopText): TrayItem {
  const addresses = [...new Set([proxy.address, ...proxy.recent])].filter((address) => address !== '').slice(0, 5);
  return {
    kind: 'menu',
    label: text.proxyAddress,
    items: [
      ...addresses.map(
        (address): TrayItem => ({
          kind: 'radio',
          label: shownProxy(address),
          checked: address === proxy.address,
          action: { act: 'proxy', address },
        }),
      ),
      ...(addresses.length > 0 ? [separator] : []),
      item(text.proxyFromClipboard, { act: 'proxy-from-clipboard' }),
      item(text.proxyEdit, { act: 'proxy-edit' }),
      ...(proxy.address !== '' ? [item(text.proxyTest, { act: 'proxy-test' })] : []),
    ],
  };
}

function copyMenu(text: DesktopText): TrayItem {
  return {
    kind: 'menu',
    label: text.copy,
    items: [
      item(text.copyBaseUrl, { act: 'copy', what: 'base-url' }),
      item(text.copyManagementUrl, { act: 'copy', what: 'management-url' }),
      item(text.copyCurl, { act: 'copy', what: 'curl' }),
      separator,
      ...shells.map(([what, name]) => item(text.copyEnvironment(name), { act: 'copy', what })),
    ],
  };
}

function openMenu(text: DesktopText): TrayItem {
  return {
    kind: 'menu',
    label: text.openMenu,
    items: [
      item(text.openLogs, { act: 'open', place: 'logs' }),
      item(text.openConfig, { act: 'open', place: 'config' }),
      item(text.openAccounts, { act: 'folder', folder: 'accounts' }),
      item(text.openConfigFolder, { act: 'folder', folder: 'config' }),
    ],
  };
}

/** An item for every provider one can sign in to. */
export const signInItems = (providers: readonly ProviderRow[]): readonly TrayItem[] =>
  providers.flatMap(({ title, signIn }) =>
    signIn === undefined ? [] : [item(title, { act: 'sign-in', provider: signIn.login })],
  );

/** The menu in the order of the design. On Linux it stays flat: many desktops show no submenus. */
export function trayMenu(state: TrayState, text: DesktopText): readonly TrayItem[] {
  const flat = state.platform === 'linux';
  const mac = state.platform === 'darwin';
  const running = state.server.state === 'running' || state.server.state === 'starting';
  const key = (accelerator: string) => (mac ? { accelerator } : {});
  return [
    { kind: 'label', label: statusLine(state, text) },
    item(accountsLine(state, text), { act: 'open', place: state.broken ? `config/${state.broken.line}` : 'accounts' }),
    separator,
    item(text.open, { act: 'open', place: 'home' }),
    flat ? item(text.copyBaseUrlFlat, { act: 'copy', what: 'base-url' }) : copyMenu(text),
    separator,
    ...toggles(state, text, flat),
    separator,
    ...(flat
      ? [
          item(text.signInFlat, { act: 'open', place: 'accounts' }),
          item(text.openLogsFlat, { act: 'open', place: 'logs' }),
        ]
      : [{ kind: 'menu', label: text.signIn, items: signInItems(signInProviders) } as const, openMenu(text)]),
    separator,
    ...(running
      ? [item(text.restart, { act: 'server', to: 'restart' }), item(text.stop, { act: 'server', to: 'stop' })]
      : [item(text.start, { act: 'server', to: 'start' })]),
    ...(state.freePort === undefined
      ? []
      : [item(text.onOtherPort(state.freePort), { act: 'use-port', port: state.freePort })]),
    separator,
    { ...item(text.settings, { act: 'open', place: 'settings' }), ...key('Command+,') } as TrayItem,
    item(text.checkForUpdates, { act: 'check-for-updates' }),
    { ...item(text.quit, { act: 'quit' }), ...key('Command+Q') } as TrayItem,
  ];
}
