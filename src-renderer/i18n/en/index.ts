// English: the language whose shape the others must have.
import { account } from './account.ts';
import { accounts } from './accounts.ts';
import { backup } from './backup.ts';
import { chart, common, copy, secret, time, toast } from './common.ts';
import { config } from './config.ts';
import { existing } from './existing.ts';
import { files } from './files.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { keyBox } from './key-box.ts';
import { keys } from './keys.ts';
import { limits } from './limits.ts';
import { logs } from './logs.ts';
import { header, pages, sidebar } from './navigation.ts';
import { network } from './network.ts';
import { palette } from './palette.ts';
import { problems } from './problems.ts';
import { providerTexts } from './provider-texts.ts';
import { providers } from './providers.ts';
import { requests } from './requests.ts';
import { routing } from './routing.ts';
import { banner, server } from './server.ts';
import { setting } from './setting-texts.ts';
import { settings } from './settings.ts';
import { tools } from './tools.ts';
import { unlock } from './unlock.ts';
import { usage } from './usage.ts';

export const en = {
  common,
  copy,
  secret,
  toast,
  time,
  chart,
  pages,
  sidebar,
  header,
  server,
  banner,
  unlock,
  palette,
  setting,
  home,
  accounts,
  account,
  files,
  providers,
  providerTexts,
  problems,
  limits,
  keyBox,
  network,
  keys,
  requests,
  routing,
  usage,
  logs,
  tools,
  config,
  settings,
  backup,
  help,
  existing,
} as const;
