// The rows of the Settings page that come from the table of settings.
import type { ComponentType } from 'react';
import type { PathsWith, SettingPath, Settings } from '../../../src-shared/settings.ts';
import type { KnownSetting } from '../../state/setting-table.ts';
import { type ControlProps, controlFor } from './controls.tsx';
import { HostControl, PortControl, ProxyControl } from './network-controls.tsx';
import type { SettingRow } from './section.ts';
import { AllowRemote } from './security-controls.tsx';
import { TimedSwitch } from './timed-switch.tsx';

/** What has no route of its own needs a control of its own; others may have one. */
const special: Partial<Record<SettingPath, ComponentType<ControlProps>>> &
  Record<PathsWith<Settings, { readonly api: false; readonly section: string }>, ComponentType<ControlProps>> = {
  host: HostControl,
  port: PortControl,
  'proxy-url': ProxyControl,
  'remote-management/allow-remote': AllowRemote,
};

/** The rows of one section, in the order of the table. */
export const settingRowsOf = (
  table: readonly KnownSetting[],
  section: KnownSetting['section'],
): readonly SettingRow[] =>
  table
    .filter((row) => row.section === section)
    .map(({ path, kind, timed }) => ({
      id: path,
      name: (t) => t(`setting.${path}.name`),
      note: (t) => t(`setting.${path}.help`),
      Control: special[path] ?? (timed ? TimedSwitch : controlFor[kind]),
    }));
