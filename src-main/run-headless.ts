// The program under plain Node: no tray and no window; its page is at /management.html.
import { parseArgs } from 'node:util';
import { Problem } from '../src-shared/problem.ts';
import { type AppOptions, createApp } from './app.ts';
import { boundBufferMemory } from './buffer-memory.ts';
import { configPath } from './config/app-paths.ts';
import { createConfigIfMissing, type FirstKeys } from './config/first-run.ts';
import { databaseSettings } from './database/address.ts';
import { EndTimeout } from './lib/time/end-in-time.ts';
import { version } from './version.ts';

const usage = `Usage: cli-proxy-desktop [options]

  --config FILE    the config file; created when it is missing
  --host ADDRESS   listen here instead of where the config says
  --port NUMBER    listen on this port instead of the config's
  --drain-seconds NUMBER
                   after SIGTERM, how long it goes on serving while /readyz answers 503, so that a load balancer
                   can send new requests elsewhere; a second signal ends the wait
  --database URL   keep everything in PostgreSQL, for several instances: postgres://user:password@host/name; better
                   in CLI_PROXY_DATABASE_URL, which other users cannot read. CLI_PROXY_DATABASE_KEY: 32 bytes in base64
  --database-wait SECONDS
                   how long the database may take to come up
  --import FILE    take a config file and its accounts into an empty database, and end; --replace: into any
  --export FOLDER  write what the database holds into an empty folder, and end; --with-requests: the history too
  --rekey          seal everything in the database with the first of several keys in CLI_PROXY_DATABASE_KEY, and end
  --password PW    a password for programs on this machine, which must call /keep-alive to keep the server running
  --version        print the version
  --help           print this text
`;

class UsageError extends Error {}

function options(args: readonly string[]) {
  const { values } = (() => {
    try {
      return parseArgs({
        args: [...args],
        options: {
          config: { type: 'string' },
          host: { type: 'string' },
          port: { type: 'string' },
          'drain-seconds': { type: 'string' },
          database: { type: 'string' },
          'database-wait': { type: 'string' },
          import: { type: 'string' },
          export: { type: 'string' },
          replace: { type: 'boolean' },
          'with-requests': { type: 'boolean' },
          rekey: { type: 'boolean' },
          password: { type: 'string' },
          version: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      });
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  })();
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new UsageError(`--port takes a number from 0 to 65535, not ${values.port}`);
  }
  return {
    ...values,
    port,
    drainMs: 1000 * seconds('--drain-seconds', values['drain-seconds']),
    databaseWaitMs: 1000 * seconds('--database-wait', values['database-wait']),
  };
}

/** Of a day at most: longer ones are slips. */
const maxSeconds = 86_400;

function seconds(option: string, text = '0'): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= maxSeconds) return number;
  throw new UsageError(`${option} takes a number from 0 to ${maxSeconds}, not ${text}`);
}

/** Starts the program as the command line says, and ends the process when that cannot be. `built`: where its page is. */
export function runHeadless(built: URL): Promise<void> {
  return main(new URL('./renderer/', built)).catch(fail);
}

async function main(pageFolder: URL): Promise<void> {
  boundBufferMemory();
  const given = options(process.argv.slice(2));
  if (given.help) return void process.stdout.write(usage);
  if (given.version) return void process.stdout.write(`${version}\n`);

  const configFile = configPath(given.config);
  const settings = databaseSettings(given.database, process.env);
  const moves = given.import !== undefined || given.export !== undefined || given.rekey === true;
  if (settings === undefined && moves) throw new UsageError('--import, --export and --rekey need a database');
  if (settings === undefined) {
    const firstKeys = await createConfigIfMissing(configFile);
    // Also after a failed start: the file has only a hash, so the key could not be shown next time.
    return serve(configFile, { ...given, pageFolder }).finally(() => show(firstKeys));
  }
  const { openSharedDatabase, moveData } = await import('./open-shared-database.ts');
  const shared = { ...settings, waitMs: given.databaseWaitMs, environment: process.env };
  if (moves) {
    process.stdout.write(`${await moveData(shared, given)}\n`);
    return process.exit(0);
  }
  return serve(configFile, { ...given, pageFolder }, (logger) =>
    openSharedDatabase({ ...shared, configFile, logger, onFirstKeys: show }),
  );
}

function show(firstKeys: FirstKeys | undefined): void {
  if (firstKeys === undefined) return;
  const { managementKey, clientKey } = firstKeys;
  process.stdout.write(
    `\nThis is the first run. Keep these, they are shown only now:\n  management key  ${managementKey}\n  client key      ${clientKey}\n`,
  );
}

async function serve(
  configFile: string,
  { pageFolder, ...given }: ReturnType<typeof options> & { readonly pageFolder: URL },
  openDatabase?: AppOptions['openDatabase'],
): Promise<void> {
  const app = await createApp({
    configFile,
    openDatabase,
    environment: process.env,
    localPassword: given.password,
    host: given.host,
    port: given.port,
    pageFolder,
    onKeepAliveExpired: () => stop(),
  }).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'invalid_config'
      ? new Error(`${configFile}: ${error.message}`)
      : error;
  });

  let drain: NodeJS.Timeout | undefined;
  let isStopping = false;
  function stop(): void {
    // The second signal of somebody who does not want to wait.
    if (drain !== undefined || given.drainMs === 0) close();
    else {
      app.drain();
      drain = setTimeout(close, given.drainMs);
    }
  }
  function close(): void {
    if (isStopping) return;
    isStopping = true;
    clearTimeout(drain);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => (error instanceof EndTimeout ? endByForce(error) : fail(error)),
    );
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  await app.server.start();

  const address = app.server.status.address;
  const page = app.canOpenPage()
    ? `  window   ${address}/management.html\n  sign in  ${app.pageLink()}\n           (once, within two minutes, in a browser of this machine)\n`
    : '';
  process.stdout.write(`CLI Proxy Desktop ${version}\n  config   ${configFile}\n  address  ${address}\n${page}`);
}

/** `process.exit` waits for the system call that hangs. */
function endByForce(error: EndTimeout): void {
  process.stderr.write(`${error.message}\n`, () => process.kill(process.pid, 'SIGKILL'));
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write('Try --help.\n');
  process.exit(error instanceof UsageError ? 2 : 1);
}
