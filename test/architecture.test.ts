// Who may import whom, as data. A reader can rely on it: a folder's name says where its code can run.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { providerRows } from '../src-shared/providers.ts';

interface Rule {
  /** Folders and files, without ending, that may be imported. */
  readonly own: readonly string[];
  readonly packages: readonly string[];
}

/** Folders of `src-main` that a folder may import, beside itself, `lib` and `src-shared`. */
const rooms: Readonly<Record<string, { readonly own?: readonly string[]; readonly packages?: readonly string[] }>> = {
  lib: { packages: ['chokidar'] },
  events: {},
  net: { packages: ['lru-cache', 'undici', 'zod'] },
  config: {
    own: ['events'],
    packages: ['@peculiar/x509', 'bcryptjs', 'diff', 'js-yaml', 'lru-cache', 'reflect-metadata', 'zod'],
  },
  'management-auth': { own: ['config'], packages: ['bcryptjs'] },
  'auth-files': {},
  models: {},
  // Filters by model are patterns as everywhere.
  storage: { own: ['models/model-names'] },
  ledger: { own: ['storage'] },
  limits: { own: ['accounts', 'net', 'providers', 'storage'] },
  webhooks: { own: ['limits', 'net', 'storage'] },
  logs: {},
  usage: { own: ['storage'], packages: ['zod'] },
  // Sees the program through numbers and names only, so that nothing else can come into a label.
  metrics: { packages: ['prom-client'] },
  // Of the gateway only types: the names of the formats, and what errors of upstreams mean.
  providers: { own: ['gateway/formats/formats', 'gateway/model/errors/refusal', 'net'] },
  login: { own: ['auth-files', 'events', 'net', 'providers'] },
  accounts: { own: ['auth-files', 'events', 'net', 'providers'] },
  diagnostics: { own: ['auth-files', 'config', 'net', 'providers'] },
  // Reads what others' installations hold, and writes it where the own config and accounts are.
  migration: { own: ['auth-files', 'config'] },
  // Byte-exact edits of YAML are the config's.
  agents: { own: ['config'], packages: ['diff', 'jsonc-parser', 'smol-toml', 'zod'] },
  backup: { own: ['config'], packages: ['age-encryption', 'zod'] },
  // PostgreSQL behind the interfaces of what is kept; loaded only where the program is started with one.
  database: {
    own: ['accounts', 'auth-files', 'config', 'events', 'login', 'models/model-names', 'storage'],
    packages: ['pg'],
  },
  operations: {
    own: [
      'accounts',
      'agents',
      'backup',
      'auth-files',
      'config',
      'diagnostics',
      'ledger',
      'limits',
      'login',
      'logs',
      'migration',
      'models',
      'net',
      'providers',
      'storage',
      'usage',
    ],
  },
  http: {
    own: [
      'config',
      'events',
      'login',
      'logs',
      'management-auth',
      'operations/dispatch',
      'operations/response',
      'version',
    ],
    packages: ['hono', '@hono/node-server', 'zod'],
  },
  gateway: {
    own: ['accounts', 'diagnostics', 'logs', 'models', 'net', 'providers', 'storage', 'usage'],
    packages: ['eventsource-parser', '@discoveryjs/json-ext', 'lru-cache', 'ws'],
  },
  electron: {
    own: ['app', 'config', 'http/page-files', 'logs', 'operations/dispatch', 'operations/response', 'version'],
    packages: ['electron', 'electron-store', 'electron-updater'],
  },
};
/** Folders of `src-main/gateway` that each of them may import, beside itself. Files beside the folders put them together. */
const gatewayFolders: Readonly<Record<string, readonly string[]>> = {
  model: [],
  bytes: [],
  formats: ['bytes', 'model'],
  passthrough: ['bytes', 'formats', 'model'],
  routing: ['model'],
  upstream: ['bytes', 'formats', 'model', 'routing'],
  records: ['model', 'routing'],
  policies: ['model', 'records', 'routing'],
  client: ['bytes', 'formats', 'model', 'routing'],
  payload: ['formats', 'model', 'upstream'],
  'request-logs': ['client', 'model', 'routing', 'upstream'],
  // Bodies that go upstream while they come in.
  uploads: ['bytes', 'client'],
  // A vendor's own list of models, asked through an account whose token may have to be renewed.
  catalogue: ['model', 'request', 'routing'],
  'kept-responses': ['bytes', 'client', 'formats', 'model'],
  // The routes beside the formats' own, as requests that `request` runs.
  // Requests that come as messages, and upstreams that are asked so.
  sockets: ['bytes', 'client', 'formats', 'kept-responses', 'model', 'request', 'routing', 'upstream'],
  'service-routes': ['bytes', 'client', 'formats', 'model', 'request', 'routing', 'upstream', 'uploads'],
  request: [
    'bytes',
    'client',
    'formats',
    'model',
    'passthrough',
    'payload',
    'policies',
    'records',
    'request-logs',
    'routing',
    'upstream',
  ],
  usage: ['model', 'records', 'request', 'routing'],
};
const rules: Readonly<Record<string, Rule>> = {
  'src-shared': { own: ['src-shared'], packages: ['zod'] },
  ...Object.fromEntries(
    Object.entries(rooms).map(([room, { own = [], packages = [] }]) => [
      `src-main/${room}`,
      {
        own: [
          // The small tools know nothing of this product, so all they share is how JSON is read.
          room === 'lib' ? 'src-shared/json' : 'src-shared',
          ...['lib', room, ...own].map((name) => `src-main/${name}`),
        ],
        packages: ['node:', ...packages],
      },
    ]),
  ),
  'src-renderer': {
    own: ['src-renderer', 'src-shared'],
    packages: [
      'react',
      'react-dom',
      'react-router',
      'react-i18next',
      'i18next',
      '@mantine',
      '@tanstack',
      '@codemirror',
      '@tabler',
      '@fontsource',
      '@fontsource-variable',
      '@lezer',
      'virtual:',
      'diff',
      'eventsource-parser',
      'fuzzysort',
      'uqr',
    ],
  },
};
/** Files beside the folders: they put the parts together. */
const roots: Readonly<Record<string, Rule>> = {
  'src-main/apply-config.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/publish-events.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/open-storage.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/open-agents.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/open-metrics.ts': { own: ['src-main', 'src-shared'], packages: [] },
  'src-main/open-config.ts': { own: ['src-main', 'src-shared'], packages: [] },
  'src-main/open-shared-database.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/open-app-data.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/app.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/headless.ts': { own: ['src-main/run-headless'], packages: [] },
  'src-main/run-headless.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/buffer-memory.ts': { own: [], packages: ['node:'] },
  'src-main/version.ts': { own: [], packages: [] },
  'src-main/main.ts': { own: ['src-main', 'src-shared'], packages: ['node:', 'electron'] },
  'src-main/preload.ts': { own: ['src-shared'], packages: ['electron'] },
};

const specifier =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function imports(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(specifier)].map((match) => (match[1] ?? match[2]) as string);
}

const resolve = (file: string, target: string) =>
  target.startsWith('.') ? path.join(path.dirname(file), target).replaceAll(path.sep, '/') : target;

function allowed(rule: Rule, file: string, target: string): boolean {
  if (!target.startsWith('.')) {
    return rule.packages.some((name) =>
      name.endsWith(':') ? target.startsWith(name) : target === name || target.startsWith(`${name}/`),
    );
  }
  const resolved = resolve(file, target);
  return rule.own.some((place) => resolved.startsWith(`${place}/`) || resolved.replace(/\.tsx?$/, '') === place);
}

const sources = globSync('src-*/**/*.{ts,tsx}').map((file) => file.replaceAll(path.sep, '/'));
const ruleOf = (file: string) =>
  roots[file] ?? Object.entries(rules).find(([folder]) => file.startsWith(`${folder}/`))?.[1];

test('every source file belongs to a place of the map', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.filter((file) => !file.endsWith('.d.ts') && ruleOf(file) === undefined)).toEqual([]);
});

test('imports follow the map', () => {
  const wrong = sources.flatMap((file) => {
    const rule = ruleOf(file);
    return rule
      ? imports(file)
          .filter((target) => !allowed(rule, file, target))
          .map((target) => `${file} -> ${target}`)
      : [];
  });
  expect(wrong).toEqual([]);
});

test('the folders of the gateway import only those below them', () => {
  const root = 'src-main/gateway/';
  const wrong = sources.flatMap((file) => {
    const [folder, ...inside] = file.startsWith(root) ? file.slice(root.length).split('/') : [];
    if (folder === undefined || inside.length === 0) return [];
    const own = gatewayFolders[folder];
    return imports(file)
      .filter((target) => resolve(file, target).startsWith(root))
      .filter(
        (target) => ![folder, ...(own ?? [])].includes(resolve(file, target).slice(root.length).split('/')[0] ?? ''),
      )
      .map((target) => `${file} -> ${target}`);
  });
  expect(wrong).toEqual([]);
});

/** The folder of a file, two levels deep inside the gateway; a file beside the folders stands for itself. */
function folderOf(file: string): string {
  const parts = file.split('/');
  return parts.slice(0, Math.min(parts.length, parts[1] === 'gateway' ? 3 : 2)).join('/');
}

test('no circle of imports leads from a folder back to it', () => {
  const targets = new Map<string, Set<string>>();
  for (const file of sources.filter((one) => one.startsWith('src-main/'))) {
    const folder = folderOf(file);
    const known = targets.get(folder) ?? new Set();
    targets.set(folder, known);
    for (const target of imports(file)) if (target.startsWith('.')) known.add(folderOf(resolve(file, target)));
    known.delete(folder);
  }
  const circles: string[] = [];
  const checked = new Set<string>();
  const visit = (folder: string, way: readonly string[]): void => {
    if (way.includes(folder)) circles.push([...way.slice(way.indexOf(folder)), folder].join(' -> '));
    if (way.includes(folder) || checked.has(folder)) return;
    for (const target of targets.get(folder) ?? []) visit(target, [...way, folder]);
    checked.add(folder);
  };
  for (const folder of targets.keys()) visit(folder, []);
  expect(circles).toEqual([]);
});

const readsAny = (file: string, names: readonly string[]) => {
  const text = readFileSync(file, 'utf8');
  return names.some((name) => text.includes(`'${name}'`));
};

test('only formats know formats by name', () => {
  const names = globSync('src-main/gateway/formats/*/format.ts').map((file) => path.basename(path.dirname(file)));
  expect(names.length).toBeGreaterThan(5);
  const others = sources.filter(
    (file) => file.startsWith('src-main/gateway/') && !file.startsWith('src-main/gateway/formats/'),
  );
  expect(others.filter((file) => readsAny(file, names))).toEqual([]);
});

test('only providers know providers by name', () => {
  const names = Object.values(providerRows).map(({ id }) => id);
  expect(names.length).toBeGreaterThan(5);
  // Some formats and tools share their names with providers, and vendors have names of their own in the model.
  const own = ['src-main/providers/', 'src-main/gateway/formats/', 'src-main/gateway/model/', 'src-main/agents/tools/'];
  const others = sources.filter(
    (file) => file.startsWith('src-main/') && !own.some((directory) => file.startsWith(directory)),
  );
  expect(others.filter((file) => readsAny(file, names))).toEqual([]);
});

test('nothing but the Electron entry knows its folder, and nothing at all the headless entry', () => {
  const names = (file: string, part: string) => imports(file).some((target) => resolve(file, target).startsWith(part));
  expect(sources.filter((file) => names(file, 'src-main/headless.ts'))).toEqual([]);
  const knowElectron = sources.filter(
    (file) => names(file, 'src-main/electron/') && !file.startsWith('src-main/electron/'),
  );
  expect(knowElectron.filter((file) => file !== 'src-main/main.ts')).toEqual([]);
});

/** A file holds one idea, and a folder is read at a glance. */
const maxLines = 250;
const maxFilesInFolder = 16;

test(`no file is longer than ${maxLines} lines`, () => {
  // The text ends in a line break, which makes one more part.
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > maxLines + 1);
  expect(long).toEqual([]);
});

test(`no folder of src-main has more than ${maxFilesInFolder} files of its own`, () => {
  const folders = Map.groupBy(
    sources.filter((file) => file.startsWith('src-main/')),
    (file) => path.posix.dirname(file),
  );
  const full = [...folders].filter(([, files]) => files.length > maxFilesInFolder).map(([folder]) => folder);
  expect(full).toEqual([]);
});
