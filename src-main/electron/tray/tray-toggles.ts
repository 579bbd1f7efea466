// The settings that the tray's menu switches.
import type { TimedSetting } from '../../../src-shared/settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { formatBytes } from './byte-size.ts';
import { proxyHost, proxyLabel } from './proxy-label.ts';
import { item, separator, type TrayItem } from './tray-item.ts';
import type { TrayState } from './tray-state.ts';

/** `flat`: without submenus. */
export function trayToggles(state: TrayState, text: DesktopText, flat: boolean): readonly TrayItem[] {
  const { settings, proxy } = state;
  const check = (label: string, setting: keyof TrayState['settings']): TrayItem => ({
    kind: 'check',
    label,
    checked: settings[setting],
    action: { type: 'set', setting, value: !settings[setting] },
  });
  const size = state.requestLogBytes;
  const until = (setting: TimedSetting) => {
    const time = settings[setting] ? state.autoOff[setting] : undefined;
    return time === undefined ? [] : [text.until(time)];
  };
  const withNotes = (label: string, notes: readonly string[]) =>
    notes.length > 0 ? text.withSize(label, notes.join(', ')) : label;
  const requestLog = withNotes(text.requestLog, [...until('request-log'), ...(size > 0 ? [formatBytes(size)] : [])]);
  const remembered = proxy.address || proxy.recent[0] || '';
  const useProxy =
    flat && proxy.address !== '' ? text.withSize(text.useProxy, proxyHost(proxy.address)) : text.useProxy;
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
          ? { type: 'proxy', address: '' }
          : remembered !== ''
            ? { type: 'proxy', address: remembered }
            : { type: 'proxy-edit' },
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
          label: proxyLabel(address),
          checked: address === proxy.address,
          action: { type: 'proxy', address },
        }),
      ),
      ...(addresses.length > 0 ? [separator] : []),
      item(text.proxyFromClipboard, { type: 'proxy-from-clipboard' }),
      item(text.proxyEdit, { type: 'proxy-edit' }),
      ...(proxy.address !== '' ? [item(text.proxyTest, { type: 'proxy-test' })] : []),
    ],
  };
}
