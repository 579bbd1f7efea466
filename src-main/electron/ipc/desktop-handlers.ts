// What only the window of this program may ask of the computer.
import { done } from '../../../src-shared/contract/helpers/done.ts';
import { type DesktopContract, desktopContract } from '../../../src-shared/desktop-contract.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { createOperations, type Receive } from '../../operations/dispatch.ts';
import type { AppHost } from '../app-host/app-host.ts';
import type { LoginItem } from '../lifecycle/login-item.ts';
import type { DesktopSettings } from '../settings/desktop-settings.ts';
import { hintOf, type KeyVault } from '../settings/key-vault.ts';
import { controlServer } from '../tray/tray-actions.ts';
import { isSafeExternalUrl } from '../window/external-links.ts';
import type { DirectoryName } from '../window/open-directory.ts';

export interface DesktopHandlersOptions {
  readonly appHost: AppHost;
  readonly settings: DesktopSettings;
  readonly loginItem: LoginItem;
  readonly vault: KeyVault;
  readonly openExternal: (url: string) => Promise<void>;
  readonly openDirectory: (name: DirectoryName) => Promise<void>;
  readonly openConfig: () => Promise<void>;
  readonly copySecret: (text: string) => Promise<void>;
  readonly sendSnapshot: () => void;
  readonly onPreferences: () => void;
  readonly freePort: () => Promise<number | undefined>;
  readonly checkForUpdates: () => Promise<void>;
  readonly quit: () => void;
}

export function receiveDesktop(options: DesktopHandlersOptions): Receive {
  return createOperations(desktopContract, handlers(options)).receive;
}

function handlers(options: DesktopHandlersOptions): Implementation<DesktopContract> {
  const { appHost, settings, loginItem, vault } = options;
  const preferences = () => ({ ...settings.preferences, startAtLogin: loginItem.isOn });
  return {
    'desktop.listen': () => {
      options.sendSnapshot();
      return done;
    },
    'desktop.open-login': async ({ state }) => {
      const url = appHost.app?.loginAddress(state);
      if (url === undefined || !isSafeExternalUrl(url)) throw new Problem('login_not_pending');
      await options.openExternal(url);
      return done;
    },
    'desktop.open-folder': async ({ folder }) => {
      await options.openDirectory(folder);
      return done;
    },
    'desktop.open-config': async () => {
      await options.openConfig();
      return done;
    },
    'desktop.preferences.get': preferences,
    'desktop.preferences.set': async ({ startAtLogin, ...change }) => {
      const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      settings.set('preferences', { ...settings.preferences, ...changed });
      const wanted = startAtLogin ?? loginItem.isOn;
      // Also when only `startHidden` changes: it is part of what the system starts.
      if (startAtLogin !== undefined || (wanted && change.startHidden !== undefined)) {
        await loginItem.set(wanted, settings.preferences.startHidden);
      }
      options.onPreferences();
      return preferences();
    },
    'desktop.management-key.state': async () => {
      const key = await vault.key();
      return { kept: key !== undefined, hint: key === undefined ? '' : hintOf(key) };
    },
    'desktop.management-key.copy': async () => {
      const key = await vault.key();
      if (key === undefined) throw new Problem('item_not_found', 'This key was set elsewhere; only its hash is known.');
      await options.copySecret(key);
      return done;
    },
    'desktop.management-key.keep': async ({ key }) => {
      await vault.keep(key);
      return done;
    },
    'desktop.server.control': async ({ action }) => {
      await controlServer(appHost, action);
      return done;
    },
    'desktop.server.free-port': async () => {
      const port = await options.freePort();
      if (port === undefined) throw new Problem('address_unavailable');
      return { port };
    },
    'desktop.updates.check': async () => {
      await options.checkForUpdates();
      return done;
    },
    'desktop.quit': () => {
      options.quit();
      return done;
    },
  };
}
