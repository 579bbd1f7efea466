// Who may import whom, as data. A reader can rely on it: a folder's name says where its code can run.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Rule {
  /** Folders and files, without ending, that may be imported. */
  readonly own: readonly string[];
  readonly packages: readonly string[];
}

const core = ['src-main/core', 'src-shared'];
const rules: Readonly<Record<string, Rule>> = {
  'src-shared': { own: ['src-shared'], packages: ['zod'] },
  'src-main/core': { own: core, packages: ['node:', 'js-yaml', 'chokidar', 'bcryptjs', 'undici', 'zod'] },
  'src-main/operations': { own: [...core, 'src-main/operations'], packages: ['node:'] },
  'src-main/http': {
    own: [...core, 'src-main/http', 'src-main/operations/dispatch', 'src-main/version'],
    packages: ['node:', 'hono', '@hono/node-server', 'zod'],
  },
  'src-main/gateway': {
    own: [...core, 'src-main/gateway'],
    packages: ['node:', 'eventsource-parser', '@discoveryjs/json-ext'],
  },
  'src-main/shell': {
    own: [
      'src-main/shell',
      'src-shared',
      'src-main/core',
      'src-main/app',
      'src-main/version',
      'src-main/operations/dispatch',
      'src-main/operations/answer',
      'src-main/http/page-files',
    ],
    packages: ['node:', 'electron', 'electron-store', 'electron-updater'],
  },
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
      'recharts',
      'eventsource-parser',
    ],
  },
};
/** Files beside the folders: they put the parts together. */
const roots: Readonly<Record<string, Rule>> = {
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

test('nothing but the Electron entry knows the shell, and nothing at all the headless entry', () => {
  const names = (file: string, part: string) => imports(file).some((target) => resolve(file, target).startsWith(part));
  expect(sources.filter((file) => names(file, 'src-main/headless'))).toEqual([]);
  const knowShell = sources.filter((file) => names(file, 'src-main/shell/') && !file.startsWith('src-main/shell/'));
  expect(knowShell.filter((file) => file !== 'src-main/main.ts')).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 401);
  expect(long).toEqual([]);
});
