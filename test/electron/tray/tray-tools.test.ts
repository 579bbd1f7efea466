// Tools in the tray: what was set up once is set up again and put back from the menu, on the real program and files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppHost } from '../../../src-main/electron/app-host/app-host.ts';
import { desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import { trayActions } from '../../../src-main/electron/tray/tray-actions.ts';
import type { TrayAction, TrayItem } from '../../../src-main/electron/tray/tray-item.ts';
import { toolItems, trayTools } from '../../../src-main/electron/tray/tray-tools.ts';
import { until } from '../../support/desktop.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { managementHash } from '../../support/test-app.ts';

const own = '# mine\nmodel = "gpt-5"\n';
const text = desktopText('en');

async function world() {
  const home = tempFolder();
  const configFile = path.join(home, 'config.yaml');
  const head = `port: 0\napi-keys: [sk-tray-1234]\nremote-management:\n  secret-key: ${managementHash}\n`;
  writeFileSync(configFile, `${head}auth-dir: ${path.join(home, 'accounts')}\n`);
  const settings = path.join(home, '.codex/config.toml');
  mkdirSync(path.dirname(settings));
  writeFileSync(settings, own);
  const said: string[] = [];
  const appHost = new AppHost({
    configFile,
    environment: { HOME: home, XDG_CONFIG_HOME: home, PATH: '' },
    onUnexpected: (error) => said.push(String(error)),
  });
  await appHost.start();
  appHost.app?.onEvent(({ event, actor }) => {
    if (event === 'agents') said.push(`tools changed by ${actor.kind}`);
  });
  onTestFinished(() => appHost.close());
  const act = trayActions({
    appHost,
    clipboard: { readText: async () => '', writeText: async () => {} },
    text,
    open: () => {},
    openDirectory: async () => {},
    show: (title, body) => said.push(`${title}: ${body}`),
    checkForUpdates: () => {},
    quit: () => {},
  });
  const menu = async (): Promise<readonly TrayItem[]> => {
    const { agents } = await appHost.dispatch('agents.list', undefined, { kind: 'tray' });
    const [tools] = toolItems(trayTools(agents), text, false);
    return tools?.kind === 'menu' ? tools.items : [];
  };
  const of = async (label: string): Promise<readonly TrayItem[]> => {
    const found = (await menu()).find((item) => item.kind === 'menu' && item.label === label);
    return found?.kind === 'menu' ? found.items : [];
  };
  const actionOf = async (tool: string, label: string): Promise<TrayAction> => {
    const found = (await of(tool)).find((item) => item.kind === 'item' && item.label === label);
    if (found?.kind !== 'item') throw new Error(`${tool} has no ${label}`);
    return found.action;
  };
  const says = (title: string) =>
    until(
      () => said,
      (lines) => lines.some((line) => line.startsWith(title)),
    );
  return { appHost, settings: () => readFileSync(settings, 'utf8'), said, act, of, actionOf, says };
}

test('a tool that was set up is set up again and put back from the menu, its file byte for byte', async () => {
  const seen = await world();
  // What is written for the first time is looked at first.
  expect(await seen.of('Codex')).toEqual([
    { kind: 'item', label: 'Set up…', action: { type: 'open', route: 'tools/codex' } },
  ]);
  await seen.appHost.dispatch('agents.apply', { id: 'codex', options: { models: { main: 'm' } } }, { kind: 'window' });
  const written = seen.settings();
  expect(written).toContain('sk-tray-1234');

  seen.act(await seen.actionOf('Codex (set up)', 'Set up again'));
  await seen.says('Codex is set up');
  expect(seen.settings()).toBe(written);
  seen.act(await seen.actionOf('Codex (set up)', 'Restore'));
  await seen.says('Codex is back as it was');
  expect(seen.settings()).toBe(own);
  const changes = () => seen.said.filter((line) => line.startsWith('tools changed'));
  await until(changes, (lines) => lines.length === 3);
  expect(changes()).toEqual(['window', 'tray', 'tray'].map((kind) => `tools changed by ${kind}`));
  expect(await seen.of('Codex')).toHaveLength(1);
});

test('a tool that cannot be verified is told, with the reason', async () => {
  const seen = await world();
  seen.act({ type: 'tool', act: 'verify', id: 'codex', name: 'Codex' });
  await seen.says('Codex could not be verified: It is not set up.');
});
