// Carries out what was clicked in the tray. Settings go the way every change goes: through the program's operations.
import type { Clipboard } from 'electron';
import type { Actor } from '../../../src-shared/operation.ts';
import type { AppHost } from '../app-host/app-host.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { copyText } from './copy-text.ts';
import type { FolderKind, TrayAction } from './tray-menu.ts';

export interface TrayActionsOptions {
  readonly appHost: AppHost;
  readonly clipboard: Pick<Clipboard, 'readText' | 'writeText'>;
  readonly text: DesktopText;
  readonly open: (place: string) => void;
  readonly openFolder: (folder: FolderKind) => Promise<void>;
  readonly serverAddress: () => string;
  readonly say: (title: string, body: string, place?: string) => void;
  readonly checkForUpdates: () => void;
  readonly quit: () => void;
}

const actor: Actor = { kind: 'tray' };
const proxyAddress = /^(?:https?|socks5):\/\/[^\s/]+\/?$/i;

/** Runs an action; what goes wrong is told in a notification. */
export function trayActions(options: TrayActionsOptions): (action: TrayAction) => void {
  const { text, say } = options;
  return (action) => {
    run(action, options).catch((error: Error) => say(text.actionFailed, error.message));
  };
}

async function run(action: TrayAction, options: TrayActionsOptions): Promise<void> {
  const { appHost, clipboard, text, open, say } = options;
  switch (action.act) {
    case 'open':
      return open(action.place);
    case 'copy': {
      const [clientKey] = appHost.app?.config.current.config['api-keys'] ?? [];
      return clipboard.writeText(copyText(action.what, options.serverAddress(), clientKey));
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
      if (!proxyAddress.test(address)) return say(text.proxyBad, text.proxyBadDetail);
      await appHost.dispatch('proxy-url.set', { value: address }, actor);
      return;
    }
    case 'proxy-edit':
      return open('settings/proxy-url');
    case 'proxy-test': {
      const url = appHost.app?.config.current.config['proxy-url'] ?? '';
      const probe = await appHost.dispatch('proxy-test.run', { url }, actor);
      if (probe.ok) say(text.proxyReached, text.proxyReachedDetail(probe.milliseconds), 'settings/proxy-url');
      else say(text.proxyFailed, probe.message, 'settings/proxy-url');
      return;
    }
    case 'sign-in':
      return open(`accounts/login/${action.provider}`);
    case 'folder':
      return options.openFolder(action.folder);
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

/** Starting also tries a config again that kept the program from starting. */
export async function controlServer(appHost: AppHost, to: 'start' | 'restart' | 'stop'): Promise<void> {
  const { app } = appHost;
  if (app === undefined) return appHost.start();
  if (to === 'stop') return app.stopServer();
  if (to === 'restart') return app.restartServer();
  if (app.server.status.state !== 'running') await app.server.start();
}
