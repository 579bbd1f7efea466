// Where the database is, from `--database` or the environment. Whatever is shown of it holds no password.
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

export interface DatabaseAddress {
  /** In the order they are tried. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: ConnectionOptions | false;
  readonly schema: string;
  /** Connections of this instance. */
  readonly connections: number;
  /** Host, port and name, for people. */
  readonly label: string;
}

/** A sentence for whoever starts the program. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

const defaultPort = 5432;
const defaultSchema = 'cli_proxy';
const maxConnections = 7;
const minConnections = 3;
const known = ['sslmode', 'sslrootcert', 'schema', 'connections', 'target_session_attrs'];
const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** `postgres://user:pw@h1:5432,h2/name?sslmode=verify-full&sslrootcert=FILE&schema=cli_proxy`. Throws DatabaseStartError. */
export function parseAddress(text: string): DatabaseAddress {
  const found = /^postgres(?:ql)?:\/\/(?:([^/@]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(text.trim());
  if (found === null) throw notUnderstood('it begins with postgres:// and names a host and a database');
  const [, login = '', hostList = '', name = '', query = ''] = found;
  const split = login.indexOf(':');
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) throw notUnderstood(`it has an option ${unknown}, which there is not`);
  const attributes = options.get('target_session_attrs') ?? 'read-write';
  if (attributes !== 'read-write' && attributes !== 'any') throw notUnderstood('target_session_attrs is read-write');
  const schema = options.get('schema') ?? defaultSchema;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw notUnderstood('schema is a name of small letters, digits and underscores');
  const connections = Number(options.get('connections') ?? maxConnections);
  if (!Number.isInteger(connections) || connections < minConnections)
    throw notUnderstood(`connections is a whole number from ${minConnections} on`);
  const hosts = hostList.split(',').map(hostOf);
  const database = decode(name);
  if (database === '') throw notUnderstood('it names no database');
  return {
    hosts,
    user: decode(split < 0 ? login : login.slice(0, split)),
    password: split < 0 ? '' : decode(login.slice(split + 1)),
    database,
    ssl: sslOf(options.get('sslmode') ?? 'disable', options.get('sslrootcert')),
    schema,
    connections: Math.min(connections, maxConnections),
    label: `${hosts.map(({ host, port }) => `${host}:${port}`).join(',')}/${database}`,
  };
}

function hostOf(text: string): { readonly host: string; readonly port: number } {
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const port = Number(found?.[2] ?? defaultPort);
  if (found === null || port < 1 || port > 65_535) throw notUnderstood('a host is a name or address with a port');
  return { host: (found[1] ?? '').replace(/^\[(.*)\]$/, '$1'), port };
}

function sslOf(mode: string, rootFile: string | null): ConnectionOptions | false {
  if (!sslModes.includes(mode)) throw notUnderstood(`sslmode is one of ${sslModes.join(', ')}`);
  if (mode === 'disable' || mode === 'prefer') return false;
  const ca = rootFile === null ? {} : { ca: readRoot(rootFile) };
  if (mode === 'require' && rootFile === null) return { rejectUnauthorized: false };
  return mode === 'verify-full' ? ca : { ...ca, checkServerIdentity: () => undefined };
}

function readRoot(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DatabaseStartError(`The certificate of the database, ${file}, cannot be read: ${codeOf(error)}.`);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notUnderstood('a percent sign in it stands for no character');
  }
}

const notUnderstood = (why: string) => new DatabaseStartError(`The address of the database is not understood: ${why}.`);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown reason';

/** What the environment says of the database. The option of the command line wins over it. */
export function databaseSettings(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly url: string; readonly key: string } | undefined {
  const url = option ?? fromEnvironment(environment, 'CLI_PROXY_DATABASE_URL');
  if (url === undefined || url.trim() === '') return undefined;
  return { url, key: fromEnvironment(environment, 'CLI_PROXY_DATABASE_KEY') ?? '' };
}

/** A variable, or the content of the file that its sister with `_FILE` names. */
function fromEnvironment(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const file = environment[`${name}_FILE`];
  if (environment[name] !== undefined || file === undefined || file === '') return environment[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new DatabaseStartError(`The file of ${name}_FILE cannot be read: ${codeOf(error)}.`);
  }
}
