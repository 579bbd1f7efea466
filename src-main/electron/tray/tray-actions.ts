// Carries out what was clicked in the tray. Settings change as everywhere, by the app's operations.
import type { Clipboard } from 'electron';
import type { Actor } from '../../../src-shared/operation.ts';
import type { AppHost } from '../app-host/app-host.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { copyText } from './copy-text.ts';
import type { FolderKind, TrayAction } from './tray-item.ts';

export interface TrayActionsOptions {
  readonly appHost: AppHost;
  readonly clipboard: Pick<Clipboard, 'readText' | 'writeText'>;
  readonly text: DesktopText;
  readonly open: (route: string) => void;
  readonly openDirectory: (name: FolderKind) => Promise<void>;
  readonly show: (title: string, body: string, route?: string) => void;
  readonly checkForUpdates: () => void;
  readonly quit: () => void;
}

const actor: Actor = { kind: 'tray' };
const proxyAddress = /^(?:https?|socks5):\/\/[^\s/]+\/?$/i;

/** Runs an action; a failure is shown in a notification. */
export function trayActions(options: TrayActionsOptions): (action: TrayAction) => void {
  const { text, show } = options;
  return (action) => {
    run(action, options).catch((error: Error) => show(text.actionFailed, error.message));
  };
}

async function run(action: TrayAction, options: TrayActionsOptions): Promise<void> {
  const { appHost, clipboard, text, open, show } = options;
  switch (action.type) {
    case 'open':
      return open(action.route);
    case 'copy': {
      const [clientKey] = appHost.app?.config.current.config['api-keys'] ?? [];
      return clipboard.writeText(copyText(action.what, appHost.app?.server.status.address ?? '', clientKey));
    }
    case 'set':
      await appHost.dispatch(`${action.setting}.set`, { value: action.value }, actor);
      return;
    case 'proxy':
      await (action.address === ''
        ? appHost.dispatch('proxy-url.clear', undefined, actor)
        : appHost.dispatch('proxy-url.set', { value: action.address }, actor));
      return;
    case 'proxy-from-clipboard': {
      const address = (await clipboard.readText()).trim();
      if (!proxyAddress.test(address)) return show(text.proxyBad, text.proxyBadDetail);
      await appHost.dispatch('proxy-url.set', { value: address }, actor);
      return;
    }
    case 'proxy-edit':
      return open('settings/proxy-url');
    case 'proxy-test': {
      const url = appHost.app?.config.current.config['proxy-url'] ?? '';
      const probe = await appHost.dispatch('proxy-test.run', { url }, actor);
      if (probe.ok) show(text.proxyReached, text.proxyReachedDetail(probe.milliseconds), 'settings/proxy-url');
      else show(text.proxyFailed, probe.message, 'settings/proxy-url');
      return;
    }
    case 'sign-in':
      return open(`accounts/login/${action.provider}`);
    case 'tool':
      return changeTool(action, options);
    case 'folder':
      return options.openDirectory(action.folder);
    case 'server':
      return controlServer(appHost, action.to);
    case 'use-port':
      await appHost.dispatch('server-settings.set', { port: action.port }, actor);
      return;
    case 'check-for-updates':
      return options.checkForUpdates();
    case 'quit':
      return options.quit();
  }
}

async function changeTool(
  { act, id, name }: Extract<TrayAction, { readonly type: 'tool' }>,
  { appHost, text, show }: TrayActionsOptions,
): Promise<void> {
  const route = `tools/${id}`;
  if (act === 'verify') {
    const { outcome, model, cause } = await appHost.dispatch('agents.verify', { id }, actor);
    if (outcome === 'answered') show(text.toolWorks(name), text.toolWorksDetail(model), 'tools');
    else show(text.toolFails(name), cause || text.toolOutcome(outcome), route);
    return;
  }
  if (act === 'apply') {
    // With the models that its files name: nothing is chosen again without a look.
    const { agents } = await appHost.dispatch('agents.list', undefined, actor);
    const slots = agents.find((agent) => agent.id === id)?.slots ?? [];
    const models = Object.fromEntries(slots.flatMap((slot) => (slot.model === '' ? [] : [[slot.id, slot.model]])));
    await appHost.dispatch('agents.apply', { id, options: { models } }, actor);
    show(text.toolDone(name), text.toolDoneDetail(name), 'tools');
  } else {
    await appHost.dispatch('agents.restore', { id }, actor);
    show(text.toolRestored(name), text.toolDoneDetail(name), 'tools');
  }
}

/** While a config keeps the app from starting, any of these tries it again. */
export async function controlServer(appHost: AppHost, to: 'start' | 'restart' | 'stop'): Promise<void> {
  const { app } = appHost;
  if (app === undefined) return appHost.start();
  if (to === 'stop') return app.stopServer();
  if (to === 'restart') return app.restartServer();
  if (app.server.status.state !== 'running') await app.server.start();
}
