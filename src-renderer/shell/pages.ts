// The pages of the window, in the order of the rail. Each is loaded when it is opened.
import {
  IconAdjustmentsHorizontal,
  IconChartBar,
  IconFileText,
  IconHelpCircle,
  IconHome,
  IconKey,
  IconLogs,
  IconPlugConnected,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** React's lazy wants a module with a default; ours have names. */
const named = async <K extends string>(module: Promise<Record<K, ComponentType>>, name: K) => ({
  default: (await module)[name],
});

export const pages = [
  {
    id: 'home',
    group: undefined,
    key: 'h',
    Icon: IconHome,
    load: () => named(import('../pages/home/home.tsx'), 'Home'),
  },
  {
    id: 'accounts',
    group: 'access',
    key: 'a',
    Icon: IconUsers,
    load: () => named(import('../pages/accounts/accounts.tsx'), 'Accounts'),
  },
  {
    id: 'files',
    group: 'access',
    key: 'f',
    Icon: IconFileText,
    load: () => named(import('../pages/files/files.tsx'), 'Files'),
  },
  {
    id: 'providers',
    group: 'access',
    key: 'p',
    Icon: IconPlugConnected,
    load: () => named(import('../pages/providers/providers.tsx'), 'Providers'),
  },
  { id: 'keys', group: 'access', key: 'k', Icon: IconKey, load: () => named(import('../pages/keys/keys.tsx'), 'Keys') },
  {
    id: 'usage',
    group: 'activity',
    key: 'u',
    Icon: IconChartBar,
    load: () => named(import('../pages/usage/usage.tsx'), 'Usage'),
  },
  {
    id: 'logs',
    group: 'activity',
    key: 'l',
    Icon: IconLogs,
    load: () => named(import('../pages/logs/logs.tsx'), 'Logs'),
  },
  {
    id: 'config',
    group: 'setup',
    key: 'c',
    Icon: IconAdjustmentsHorizontal,
    load: () => named(import('../pages/config/config.tsx'), 'Config'),
  },
  {
    id: 'settings',
    group: 'setup',
    key: 's',
    Icon: IconSettings,
    load: () => named(import('../pages/settings/settings.tsx'), 'Settings'),
  },
  {
    id: 'help',
    group: 'setup',
    key: '?',
    Icon: IconHelpCircle,
    load: () => named(import('../pages/help/help.tsx'), 'Help'),
  },
] as const;

export type PageId = (typeof pages)[number]['id'];

/** The group headings of the rail; the first group has none. */
export const groups = [undefined, 'access', 'activity', 'setup'] as const;
