// Handlers of where the server listens and who may manage it.
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { done } from '../../src-shared/contract/helpers/done.ts';
import type { serverContract } from '../../src-shared/contract/server.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { listenHost } from '../config/listen-host.ts';
import { remoteAccessWarning } from '../config/remote-access.ts';
import { secretPath } from '../config/store/config-secret.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { networkAddresses, networkNames } from '../lib/network-hosts.ts';
import type { LogFile } from '../logs/log-file.ts';

export interface ServerParts {
  readonly config: ConfigStore;
  readonly logFile: LogFile;
  readonly version: string;
  /** Base address for clients. */
  readonly address: () => string;
  /** Where the command line has the server listen, whatever the config says. */
  readonly commandLine: { readonly host: string | undefined; readonly port: number | undefined };
}

/** Where the server listens, who may manage it, and what it works on. */
export function serverHandlers({
  config,
  logFile,
  version,
  address,
  commandLine,
}: ServerParts): Implementation<typeof serverContract> {
  const started = new Date().toISOString();
  let configRead = started;
  config.onChange(() => {
    configRead = new Date().toISOString();
  });
  return {
    'server-info.get': async () => {
      const { 'remote-management': management, ...file } = config.current.config;
      const host = commandLine.host ?? file.host;
      const port = commandLine.port ?? file.port;
      const allowRemote = management['allow-remote'];
      return {
        version,
        platform: `${process.platform} ${process.arch}, Node ${process.version}`,
        address: address(),
        host,
        port,
        reachableAt: [
          ...networkAddresses(),
          ...networkNames()
            .slice(-1)
            .map((name) => ({ interface: null, host: name })),
        ],
        overridden: (['host', 'port'] as const).filter((name) => commandLine[name] !== undefined),
        allowRemote,
        loopbackReason: remoteAccessWarning(listenHost(config.current.config, host).host, allowRemote),
        configFile: config.file,
        authDir: config.current.authDir,
        logDirectory: logFile.directory,
        started,
        configRead,
        ...(config.invalid && { invalid: config.invalid }),
        logBytes: await folderBytes(logFile.directory),
      };
    },
    'latest-version.get': () => ({ 'latest-version': version }),
    'server-settings.set': async ({ host, port, allowRemote, tls = {} }, actor) => {
      const edits = [
        ...(host === undefined ? [] : [{ path: ['host'], value: host }]),
        ...(port === undefined ? [] : [{ path: ['port'], value: port }]),
        ...(allowRemote === undefined ? [] : [{ path: ['remote-management', 'allow-remote'], value: allowRemote }]),
        ...Object.entries(tls).flatMap(([name, value]) =>
          value === undefined ? [] : [{ path: ['tls', name], value }],
        ),
      ];
      await config.edit(() => edits, actor);
      return done;
    },
    'management-key.replace': async (_input, actor) => {
      const key = randomBytes(18).toString('base64url');
      // The store replaces a plain-text key by its hash before anything is written.
      await config.edit(() => [{ path: secretPath, value: key }], actor);
      return { key };
    },
  };
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
