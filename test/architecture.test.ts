// Who may import whom, as data. A reader can rely on it: a folder's name says where its code can run.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Rule {
  /** Folders and files, without ending, that may be imported. */
  readonly own: readonly string[];
  readonly packages: readonly string[];
}

/** Folders of `src-main` that a folder may import, beside itself, `lib` and `src-shared`. */
const rooms: Readonly<Record<string, { readonly own?: readonly string[]; readonly packages?: readonly string[] }>> = {
  lib: { packages: ['chokidar'] },
  events: {},
  net: { packages: ['undici', 'zod'] },
  config: { own: ['events'], packages: ['bcryptjs', 'js-yaml', 'zod'] },
  'management-auth': { own: ['config'], packages: ['bcryptjs'] },
  'auth-files': {},
  logs: {},
  usage: { packages: ['zod'] },
  // Of the gateway only the type of the format's names.
  providers: { own: ['gateway/formats/formats', 'net'] },
  login: { own: ['auth-files', 'events', 'net', 'providers'] },
  accounts: { own: ['auth-files', 'events', 'net', 'providers'] },
  diagnostics: { own: ['auth-files', 'config', 'net', 'providers'] },
  operations: {
    own: ['accounts', 'auth-files', 'config', 'diagnostics', 'login', 'logs', 'net', 'providers', 'usage'],
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
    own: ['accounts', 'diagnostics', 'logs', 'net', 'providers', 'usage'],
    packages: ['eventsource-parser', '@discoveryjs/json-ext'],
  },
  electron: {
    own: ['app', 'config', 'http/page-files', 'logs', 'operations/dispatch', 'operations/response', 'version'],
    packages: ['electron', 'electron-store', 'electron-updater'],
  },
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
      'eventsource-parser',
      'fuzzysort',
    ],
  },
};
/** Files beside the folders: they put the parts together. */
const roots: Readonly<Record<string, Rule>> = {
  'src-main/apply-config.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/publish-events.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/open-app-data.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/app.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
  'src-main/headless.ts': { own: ['src-main', 'src-shared'], packages: ['node:'] },
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

test('nothing but the Electron entry knows its folder, and nothing at all the headless entry', () => {
  const names = (file: string, part: string) => imports(file).some((target) => resolve(file, target).startsWith(part));
  expect(sources.filter((file) => names(file, 'src-main/headless'))).toEqual([]);
  const knowElectron = sources.filter(
    (file) => names(file, 'src-main/electron/') && !file.startsWith('src-main/electron/'),
  );
  expect(knowElectron.filter((file) => file !== 'src-main/main.ts')).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 401);
  expect(long).toEqual([]);
});
