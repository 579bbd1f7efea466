// What only the window of this program may ask of the computer.

import { type ShellContract, shellContract } from '../../src-shared/desktop-contract.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { createDispatch, type Dispatch } from '../operations/dispatch.ts';
import type { Autostart } from './autostart.ts';
import { hintOf, type KeyVault } from './key-vault.ts';
import { isSafeToOpen } from './open-external.ts';
import type { Program } from './program.ts';
import type { SettingsStore } from './settings-store.ts';
import { controlServer } from './tray-actions.ts';

export type Folder = 'config' | 'accounts' | 'logs' | 'data';

export interface ShellOperationsOptions {
  readonly program: Program;
  readonly settings: SettingsStore;
  readonly autostart: Autostart;
  readonly vault: KeyVault;
  readonly openExternal: (address: string) => Promise<void>;
  readonly openFolder: (folder: Folder) => Promise<void>;
  readonly copySecret: (text: string) => Promise<void>;
  readonly sendState: () => void;
  readonly onPreferences: () => void;
  readonly freePort: () => Promise<number | undefined>;
  readonly checkForUpdates: () => Promise<void>;
  readonly quit: () => void;
}

const done = Object.freeze({ status: 'ok' as const });

export function shellDispatch(options: ShellOperationsOptions): Dispatch {
  return createDispatch(shellContract, handlers(options));
}

function handlers(options: ShellOperationsOptions): Implementation<ShellContract> {
  const { program, settings, autostart, vault } = options;
  const preferences = () => ({ ...settings.preferences, startAtLogin: autostart.isOn });
  return {
    'shell.listen': () => {
      options.sendState();
      return done;
    },
    'shell.open-login': async ({ state }) => {
      const address = program.app?.loginAddress(state);
      if (address === undefined || !isSafeToOpen(address)) throw new Problem('login_not_pending');
      await options.openExternal(address);
      return done;
    },
    'shell.open-folder': async ({ folder }) => {
      await options.openFolder(folder);
      return done;
    },
    'shell.preferences.get': preferences,
    'shell.preferences.set': async ({ startAtLogin, ...change }) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      settings.set('preferences', { ...settings.preferences, ...given });
      const wanted = startAtLogin ?? autostart.isOn;
      // Also when only `startHidden` changes: it is part of what the system starts.
      if (startAtLogin !== undefined || (wanted && change.startHidden !== undefined)) {
        await autostart.set(wanted, settings.preferences.startHidden);
      }
      options.onPreferences();
      return preferences();
    },
    'shell.management-key.state': async () => {
      const key = await vault.key();
      return { kept: key !== undefined, hint: key === undefined ? '' : hintOf(key) };
    },
    'shell.management-key.copy': async () => {
      const key = await vault.key();
      if (key === undefined) throw new Problem('item_not_found', 'This key was set elsewhere; only its hash is known.');
      await options.copySecret(key);
      return done;
    },
    'shell.management-key.keep': async ({ key }) => {
      await vault.keep(key);
      return done;
    },
    'shell.server.control': async ({ act }) => {
      await controlServer(program, act);
      return done;
    },
    'shell.server.free-port': async () => {
      const port = await options.freePort();
      if (port === undefined) throw new Problem('address_unavailable');
      return { port };
    },
    'shell.updates.check': async () => {
      await options.checkForUpdates();
      return done;
    },
    'shell.quit': () => {
      options.quit();
      return done;
    },
  };
}
