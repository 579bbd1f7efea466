// Every item of the tray is clicked once, on all three systems, and does what it says: on the real program.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppHost } from '../../../src-main/electron/app-host/app-host.ts';
import { desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import { trayActions } from '../../../src-main/electron/tray/tray-actions.ts';
import type { TrayAction, TrayItem } from '../../../src-main/electron/tray/tray-item.ts';
import { trayMenu } from '../../../src-main/electron/tray/tray-menu.ts';
import {
  applyEvent,
  initialTrayFacts,
  limitsOf,
  type Platform,
  type TrayFacts,
} from '../../../src-main/electron/tray/tray-state.ts';
import { until } from '../../support/desktop.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { managementHash } from '../../support/test-app.ts';

const proxies = ['socks5://127.0.0.1:1080', 'http://user:secret@127.0.0.1:3128'];
const start = `port: 0
proxy-url: ${proxies[0]}
api-keys: [sk-one]
debug: false
request-log: false
logging-to-file: false
usage-statistics-enabled: true
quota-exceeded:
  switch-project: true
  switch-preview-model: true
remote-management:
  secret-key: ${managementHash}
`;

async function world(platform: Platform) {
  const folder = tempFolder();
  const configFile = path.join(folder, 'config.yaml');
  writeFileSync(configFile, `${start}auth-dir: ${path.join(folder, 'accounts')}\n`);
  /** What reached the rims: the window, the clipboard, the system. */
  const effects: string[] = [];
  let facts: TrayFacts = initialTrayFacts;
  let copied = '';
  const appHost = new AppHost({
    configFile,
    environment: { XDG_CONFIG_HOME: folder },
    onUnexpected: (error) => effects.push(`unexpected ${String(error)}`),
  });
  appHost.onEvent((event) => {
    facts = applyEvent(facts, event);
  });
  await appHost.start();
  onTestFinished(() => appHost.close());
  for (const event of appHost.snapshot()) facts = applyEvent(facts, event);
  const act = trayActions({
    appHost,
    clipboard: {
      readText: async () => 'http://127.0.0.1:9999',
      writeText: async (text) => {
        copied = text;
        effects.push('copied');
      },
    },
    text: desktopText('en'),
    open: (route) => effects.push(`window ${route}`),
    openDirectory: async (name) => void effects.push(`folder ${name}`),
    show: (title) => effects.push(`says ${title}`),
    checkForUpdates: () => effects.push('checks for updates'),
    quit: () => effects.push('quits'),
  });
  const menu = () => {
    const { proxyAddress, ...rest } = facts;
    const proxy = { address: proxyAddress, recent: proxies };
    return trayMenu(
      { ...rest, limits: limitsOf(facts), tools: [], platform, proxy, requestLogBytes: 0, freePort: undefined },
      desktopText('en'),
    );
  };
  return {
    effects,
    act,
    menu,
    appHost,
    file: configFile,
    config: () => readFileSync(configFile, 'utf8'),
    copied: () => copied,
    state: () => facts.server.state,
  };
}

type World = Awaited<ReturnType<typeof world>>;
interface Clickable {
  readonly label: string;
  readonly action: TrayAction;
}

function clickables(items: readonly TrayItem[], above = ''): readonly Clickable[] {
  return items.flatMap((item) => {
    if (item.kind === 'menu') return clickables(item.items, `${above}${item.label} ▸ `);
    return 'action' in item ? [{ label: above + item.label, action: item.action }] : [];
  });
}

const written = (line: string | RegExp) => (seen: World) =>
  until(seen.config, (text) => (typeof line === 'string' ? text.includes(line) : line.test(text)));
const did = (deed: string) => (seen: World) =>
  until(
    () => seen.effects,
    (effects) => effects.includes(deed),
  );
const copied = (pattern: RegExp) => (seen: World) => until(seen.copied, (text) => pattern.test(text));
const server = (state: string) => (seen: World) => until(seen.state, (now) => now === state);

/** What each item does; on which systems it stands follows from the menu. */
const effects: Readonly<Record<string, (seen: World) => Promise<unknown>>> = {
  'No accounts yet': did('window accounts'),
  'Open CLI Proxy Desktop': did('window home'),
  'Copy base URL': copied(/^http:\/\/127\.0\.0\.1:\d+$/),
  'Copy ▸ Base URL': copied(/^http:\/\/127\.0\.0\.1:\d+$/),
  'Copy ▸ Management URL': copied(/\/v0\/management$/),
  'Copy ▸ curl example': copied(/^curl http\S+\/v1\/models -H 'Authorization: Bearer sk-one'$/),
  'Copy ▸ Environment for bash': copied(/^export OPENAI_BASE_URL='http\S+\/v1'\nexport OPENAI_API_KEY='sk-one'/),
  'Copy ▸ Environment for PowerShell': copied(/^\$env:OPENAI_BASE_URL = '/),
  'Copy ▸ Environment for cmd': copied(/^set "OPENAI_BASE_URL=http/),
  'Copy ▸ Environment for fish': copied(/^set -gx OPENAI_BASE_URL '/),
  'Debug logging': written('debug: true'),
  'Request log': written('request-log: true'),
  'Use upstream proxy': written(/^proxy-url: (''|"")$/m),
  'Use upstream proxy (127.0.0.1:1080)': written(/^proxy-url: (''|"")$/m),
  'Proxy address ▸ socks5://127.0.0.1:1080': written(proxies[0] as string),
  'Proxy address ▸ http://user:•••@127.0.0.1:3128': written(proxies[1] as string),
  'Proxy address ▸ From clipboard': written('http://127.0.0.1:9999'),
  'Proxy address ▸ Edit…': did('window settings/proxy-url'),
  'Proxy address ▸ Test': did('says The proxy is not reachable'),
  'Log to file': written('logging-to-file: true'),
  'Usage statistics': written('usage-statistics-enabled: false'),
  'When the quota is used up ▸ Switch project': written('switch-project: false'),
  'When the quota is used up ▸ Switch to preview model': written('switch-preview-model: false'),
  'Quota: switch project': written('switch-project: false'),
  'Quota: switch to preview model': written('switch-preview-model: false'),
  'Sign in…': did('window accounts'),
  'Sign in ▸ Claude': did('window accounts/login/anthropic'),
  'Sign in ▸ Codex': did('window accounts/login/codex'),
  'Sign in ▸ Gemini CLI': did('window accounts/login/gemini-cli'),
  'Sign in ▸ xAI': did('window accounts/login/xai'),
  'Sign in ▸ OpenRouter': did('window accounts/login/openrouter'),
  'Sign in ▸ Vertex': did('window accounts/login/vertex'),
  'Open logs': did('window logs'),
  'Open ▸ Logs': did('window logs'),
  'Open ▸ Config': did('window config'),
  'Open ▸ Auth folder': did('folder accounts'),
  'Open ▸ Config folder': did('folder config'),
  'Restart server': server('running'),
  'Stop server': server('stopped'),
  'Start server': server('running'),
  'Settings…': did('window settings'),
  'Check for updates…': did('checks for updates'),
  Quit: did('quits'),
};

test.each<Platform>(['win32', 'darwin', 'linux'])('every item on %s does what it says', async (platform) => {
  const seen = await world(platform);
  const clicked = new Set<string>();
  const all = clickables(seen.menu());
  // A proxy in use must be there to be tested, and a stopped server to be started.
  const late = ['Use upstream proxy', 'Use upstream proxy (127.0.0.1:1080)', 'Stop server'];
  for (const { label, action } of [...all].sort((a, b) => late.indexOf(a.label) - late.indexOf(b.label))) {
    const effect = effects[label];
    if (effect === undefined) throw new Error(`nobody knows what ${label} does`);
    seen.act(action);
    await effect(seen);
    clicked.add(label);
  }
  const begin = clickables(seen.menu()).find(({ label }) => label === 'Start server');
  seen.act(begin?.action as TrayAction);
  await effects['Start server']?.(seen);
  expect(clicked.size).toBe(all.length);
  expect(seen.effects.filter((deed) => /unexpected|did not work/.test(deed))).toEqual([]);
});

test('what cannot be done is told, and nothing changes', async () => {
  const seen = await world('linux');
  const broken = seen.config().replace('debug: false', 'debug: [');
  writeFileSync(seen.file, broken);
  seen.act({ type: 'set', setting: 'debug', value: true });
  await did('says Something went wrong')(seen);
  expect(seen.config()).toBe(broken);
});
