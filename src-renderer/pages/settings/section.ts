// What the page of settings is made of.
import type { ComponentType } from 'react';
import type { Text } from '../../i18n/i18n.ts';

export interface SettingRow {
  /** Also its address: `#/settings/ID`. */
  readonly id: string;
  readonly name: (t: Text) => string;
  readonly note?: (t: Text) => string;
  /** Gets the row's `id`, so that one control can serve many rows. */
  readonly Control: ComponentType<{ readonly label: string; readonly id: string }>;
  /** Stands under the row, over its whole width. */
  readonly Below?: ComponentType;
  readonly desktopOnly?: boolean;
}

export interface Section {
  readonly id: 'general' | 'network' | 'retries' | 'security' | 'notifications' | 'advanced';
  readonly rows: readonly SettingRow[];
  readonly desktopOnly?: boolean;
}
