// 简体中文
import type { Translation } from '../i18n.ts';
import { accounts, files } from './accounts.ts';
import { config } from './config.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { keys } from './keys.ts';
import { shell } from './layout.ts';
import { logs } from './logs.ts';
import { problems } from './problems.ts';
import { providers } from './providers.ts';
import { settings } from './settings.ts';
import { usage } from './usage.ts';

/** A key that is missing here, or one too many, does not compile. */
export const zhCn = {
  ...shell,
  home,
  accounts,
  files,
  providers,
  problems,
  keys,
  usage,
  logs,
  config,
  settings,
  help,
} as const satisfies Translation;
