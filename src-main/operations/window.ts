// Handlers of what the window shows and does beyond the documented API.
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CompatibilityProvider, KeyEntry } from '../../src-shared/config.ts';
import type { ServerInfo, windowContract } from '../../src-shared/contract/window.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import { copyAccounts, findAccounts } from '../auth-files/found-accounts.ts';
import type { ConfigHistory } from '../config/config-history.ts';
import type { KeyLabels } from '../config/key-labels.ts';
import { remoteAccessWarning } from '../config/remote-access.ts';
import { placeOf } from '../config/store/config-document.ts';
import { rejectOverlongSecret, secretOf, secretPath } from '../config/store/config-secret.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import { readConfig } from '../config/yaml/read-config.ts';
import type { Activity } from '../diagnostics/activity.ts';
import { diagnosticsText } from '../diagnostics/diagnostics.ts';
import { runDoctor } from '../diagnostics/doctor.ts';
import { proxyTarget, testProvider, testProxy } from '../diagnostics/provider-test.ts';
import { isAbsent } from '../lib/files/atomic-file.ts';
import type { LogFile } from '../logs/log-file.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { UsageHistory } from '../usage/usage-history.ts';

/** The parts of the program that the window's operations act on. */
export interface WindowCore {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly accounts: Accounts;
  readonly logFile: LogFile;
  readonly dispatchers: Dispatchers;
  readonly labels: KeyLabels;
  readonly history: ConfigHistory;
  readonly usageHistory: UsageHistory;
  readonly activity: Activity;
  /** Base address for clients. */
  readonly address: () => string;
  readonly version: string;
}

const diagnosticLines = 200;

type Handlers = Implementation<typeof windowContract>;

/** Where the server listens, who may manage it, and what it works on. */
function serverHandlers({ config, logFile, version, address }: WindowCore) {
  const started = new Date().toISOString();
  let configRead = started;
  config.onChange(() => {
    configRead = new Date().toISOString();
  });
  return {
    'server-info.get': async (): Promise<ServerInfo> => {
      const { host, port, 'remote-management': management } = config.current.config;
      const allowRemote = management['allow-remote'];
      return {
        version,
        platform: `${process.platform} ${process.arch}, Node ${process.version}`,
        address: address(),
        host,
        port,
        allowRemote,
        loopbackReason: remoteAccessWarning(host, allowRemote),
        configFile: config.file,
        authDir: config.current.authDir,
        logDirectory: logFile.directory,
        started,
        configRead,
        ...(config.invalid && { broken: config.invalid }),
        logBytes: await folderBytes(logFile.directory),
      };
    },
    'server-settings.set': async ({ host, port, allowRemote }, actor) => {
      const edits = [
        ...(host === undefined ? [] : [{ path: ['host'], value: host }]),
        ...(port === undefined ? [] : [{ path: ['port'], value: port }]),
        ...(allowRemote === undefined ? [] : [{ path: ['remote-management', 'allow-remote'], value: allowRemote }]),
      ];
      await config.edit(() => edits, actor);
      return { status: 'ok' };
    },
    'management-key.replace': async (_input, actor) => {
      const key = randomBytes(18).toString('base64url');
      // The store replaces a plain-text key by its hash before anything is written.
      await config.edit(() => [{ path: secretPath, value: key }], actor);
      return { key };
    },
  } satisfies Partial<Handlers>;
}

/** What the program keeps beside the config: labels, earlier versions, usage, and what happened. */
function keptHandlers({ config, labels, history, usageHistory, activity }: WindowCore) {
  return {
    'client-keys.list': () => ({ keys: labels.describe(config.current.config['api-keys']) }),
    'client-keys.label': async ({ key, label }) => {
      await labels.set(key, label);
      return { status: 'ok' };
    },
    'config-history.list': async () => ({ versions: await history.list() }),
    'config-history.get': async ({ id }) => ({ text: await history.text(id) }),
    'usage-history.get': () => ({ keep: usageHistory.keep, hours: usageHistory.hours() }),
    'usage-history.set': async ({ keep }) => {
      await usageHistory.setKeep(keep);
      return { status: 'ok' };
    },
    'activity.list': () => ({ entries: activity.list() }),
  } satisfies Partial<Handlers>;
}

/** Looks at what is set, and whether it works. */
function checkHandlers({ config, accounts, logFile, dispatchers, version, address }: WindowCore) {
  const proxyUrl = () => config.current.config['proxy-url'];
  return {
    'config-yaml.check': ({ text }) => {
      try {
        rejectOverlongSecret(text, secretOf(readConfig(text)));
        return { message: '', line: 0, column: 0 };
      } catch (error) {
        if (error instanceof Problem) return placeOf(error);
        throw error;
      }
    },
    'doctor.run': async ({ scope }) => ({
      checks: await runDoctor({ config, dispatchers, address, logDirectory: logFile.directory, scope }),
    }),
    'provider-test.run': ({ list, entry }) =>
      testProvider(list, entry as KeyEntry & CompatibilityProvider, { dispatchers, proxyUrl }),
    'proxy-test.run': ({ url }) => testProxy(url, proxyTarget, dispatchers),
    'diagnostics.get': async () => {
      const logging = config.current.config['logging-to-file'];
      return {
        text: diagnosticsText({
          version,
          address: address(),
          config: config.current.config,
          accounts: accounts.describe(),
          logLines: logging ? (await logFile.read({ limit: diagnosticLines })).lines : [],
        }),
      };
    },
  } satisfies Partial<Handlers>;
}

function accountFileHandlers({ authFiles, dispatchers }: WindowCore) {
  return {
    'found-accounts.get': () => findAccounts(authFiles),
    'found-accounts.copy': async (_input, actor) => ({ copied: await copyAccounts(authFiles, actor) }),
    'auth-files.update': async ({ name, proxyUrl: url }, actor) => {
      if (url !== '') dispatchers.for(url);
      const known = await authFiles.update(
        name,
        ({ proxy_url: _before, ...content }) => (url === '' ? content : { ...content, proxy_url: url }),
        actor,
      );
      if (!known) throw new Problem('file_not_found');
      return { status: 'ok' };
    },
  } satisfies Partial<Handlers>;
}

export function windowHandlers(core: WindowCore): Handlers {
  return { ...serverHandlers(core), ...keptHandlers(core), ...checkHandlers(core), ...accountFileHandlers(core) };
}

/** Bytes of the files right in a folder; 0 when it does not exist yet. */
async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const sizes = await Promise.all(
    names.map(async (name) => {
      // A file may be rotated away between the list and the look.
      const info = await stat(path.join(folder, name)).catch(() => undefined);
      return info?.isFile() ? info.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
