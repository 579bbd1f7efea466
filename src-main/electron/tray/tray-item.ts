// The items of the tray's menu and what a click on them asks for, without Electron.
import type { TrayState } from './tray-state.ts';

export type CopyKind = 'base-url' | 'management-url' | 'curl' | 'bash' | 'powershell' | 'cmd' | 'fish';
export type FolderKind = 'config' | 'accounts' | 'logs';

/** What a click asks for. The shell carries it out, settings through `dispatch`. */
export type TrayAction =
  /** `route` is one of the window, such as `config/12`. */
  | { readonly type: 'open'; readonly route: string }
  | { readonly type: 'copy'; readonly what: CopyKind }
  | { readonly type: 'set'; readonly setting: keyof TrayState['settings']; readonly value: boolean }
  | { readonly type: 'proxy'; readonly address: string }
  | { readonly type: 'proxy-from-clipboard' | 'proxy-edit' | 'proxy-test' }
  | { readonly type: 'sign-in'; readonly provider: string }
  | { readonly type: 'tool'; readonly act: 'apply' | 'restore' | 'verify'; readonly id: string; readonly name: string }
  | { readonly type: 'folder'; readonly folder: FolderKind }
  | { readonly type: 'server'; readonly to: 'start' | 'restart' | 'stop' }
  | { readonly type: 'use-port'; readonly port: number }
  | { readonly type: 'check-for-updates' | 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly action: TrayAction; readonly accelerator?: string }
  | { readonly kind: 'check' | 'radio'; readonly label: string; readonly checked: boolean; readonly action: TrayAction }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

export const separator: TrayItem = { kind: 'separator' };
export const item = (label: string, action: TrayAction): TrayItem => ({ kind: 'item', label, action });
