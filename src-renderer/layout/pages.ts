// Icons of the pages, and how each is loaded when it is opened.
import {
  IconAdjustmentsHorizontal,
  IconChartBar,
  IconFileText,
  IconHelpCircle,
  IconHome,
  IconKey,
  IconListDetails,
  IconLogs,
  IconPlugConnected,
  IconSettings,
  IconTerminal2,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { PageId } from './page-list.ts';

interface PageParts {
  readonly Icon: typeof IconHome;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** React's lazy wants a module with a default; ours have names. */
const named = async <K extends string>(module: Promise<Record<K, ComponentType>>, name: K) => ({
  default: (await module)[name],
});

export const pages: Readonly<Record<PageId, PageParts>> = {
  home: { Icon: IconHome, load: () => named(import('../pages/home/home.tsx'), 'Home') },
  accounts: { Icon: IconUsers, load: () => named(import('../pages/accounts/accounts.tsx'), 'Accounts') },
  files: { Icon: IconFileText, load: () => named(import('../pages/files/files.tsx'), 'Files') },
  providers: { Icon: IconPlugConnected, load: () => named(import('../pages/providers/providers.tsx'), 'Providers') },
  keys: { Icon: IconKey, load: () => named(import('../pages/keys/keys.tsx'), 'Keys') },
  requests: { Icon: IconListDetails, load: () => named(import('../pages/requests/requests.tsx'), 'Requests') },
  usage: { Icon: IconChartBar, load: () => named(import('../pages/usage/usage.tsx'), 'Usage') },
  logs: { Icon: IconLogs, load: () => named(import('../pages/logs/logs.tsx'), 'Logs') },
  tools: { Icon: IconTerminal2, load: () => named(import('../pages/tools/tools.tsx'), 'Tools') },
  config: { Icon: IconAdjustmentsHorizontal, load: () => named(import('../pages/config/config.tsx'), 'Config') },
  settings: { Icon: IconSettings, load: () => named(import('../pages/settings/settings.tsx'), 'Settings') },
  help: { Icon: IconHelpCircle, load: () => named(import('../pages/help/help.tsx'), 'Help') },
};
