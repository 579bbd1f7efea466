// Packs the app with a stand-in for Electron's folder, without network, and looks at what came out.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createPackage, extractAll, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workerFile } from '../../src-main/lib/worker-file.ts';
import { startDesktop } from '../support/desktop.ts';
import { tempFolder } from '../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Where Electron's binary keeps its fuses: this text, a version, a length, and a byte for each fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
/** As Electron ships: what is on by default. */
const shipped = '10110001';

let folder: string;
let packed: string;
let asar: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cli-proxy-package-'));
  const electron = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'));
  const dist = path.join(folder, 'electron');
  mkdirSync(path.join(dist, 'resources'), { recursive: true });
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, shipped.length]), Buffer.from(shipped)]);
  writeFileSync(path.join(dist, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\n# '), fuses, Buffer.from('\n')]), {
    mode: 0o755,
  });
  writeFileSync(path.join(dist, 'version'), electron.version);
  writeFileSync(path.join(dist, 'LICENSE'), 'stand-in');
  const welcome = path.join(folder, 'welcome');
  mkdirSync(welcome);
  writeFileSync(path.join(welcome, 'main.js'), '');
  await createPackage(welcome, path.join(dist, 'resources', 'default_app.asar'));
  const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  const options = ['--linux', 'dir', `-c.electronDist=${dist}`, `-c.directories.output=${folder}/dist`];
  await promisify(execFile)(process.execPath, [builder, ...options], {
    cwd: root,
    // Any attempt to fetch something must fail.
    env: { ...process.env, HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' },
  });
  packed = path.join(folder, 'dist', 'linux-unpacked');
  asar = path.join(packed, 'resources', 'app.asar');
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the archive holds the built program, its icons and nothing else', () => {
  const files = listPackage(asar, { isPack: false });
  const kinds = files
    .filter((file) => path.extname(file) !== '')
    .map((file) =>
      file
        .replace(/^(\/out\/chunks|\/out\/renderer\/assets|\/resources\/tray)\/[^/]+(?=\.\w+$)/, '$1/NAME')
        .replace(/woff2$/, 'woff'),
    );
  expect([...new Set(kinds)].sort()).toEqual([
    '/out/backup-worker.js',
    '/out/bcrypt-worker.js',
    '/out/chunks/NAME.js',
    '/out/headless.js',
    '/out/log-thread-worker.js',
    '/out/main.js',
    '/out/preload.cjs',
    '/out/renderer/assets/NAME.css',
    '/out/renderer/assets/NAME.js',
    '/out/renderer/assets/NAME.svg',
    '/out/renderer/assets/NAME.woff',
    '/out/renderer/index.html',
    '/out/sqlite-worker.js',
    '/package.json',
    '/resources/icon.png',
    '/resources/tray/NAME.png',
  ]);
});

test('no map, source, secret or path of this machine is in it', () => {
  const unpacked = tempFolder();
  extractAll(asar, unpacked);
  const texts = listPackage(asar, { isPack: false })
    .filter((file) => /\.(js|cjs|css|html|json)$/.test(file))
    .map((file) => [file, readFileSync(path.join(unpacked, file), 'utf8')] as const);
  const suspicious = /BEGIN (RSA |EC )?PRIVATE KEY|AIza[\w-]{30}|sk-ant-[\w-]{20}|ghp_\w{20}/;
  expect(texts.filter(([, text]) => suspicious.test(text)).map(([file]) => file)).toEqual([]);
  expect(texts.filter(([, text]) => text.includes(root)).map(([file]) => file)).toEqual([]);
  const manifest = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'cli-proxy-desktop', main: 'out/main.js' });
  expect(manifest.dependencies ?? {}).toEqual({});
});

test('Electron finds the desktop entry of the app, for its windows, links and notifications', () => {
  const { desktopName } = JSON.parse(extractFile(asar, 'package.json').toString());
  const settings = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  expect(desktopName).toBe(`${/^executableName: (.+)$/m.exec(settings)?.[1]}.desktop`);
  expect(settings).toMatch(/^linux:\n(?: .*\n)* {2}syncDesktopName: true$/m);
});

test('threads find their code inside the archive, whatever chunk starts them', () => {
  const files = listPackage(asar, { isPack: false });
  const scripts = files.filter((file) => /^\/out\/(chunks\/)?[^/]+\.js$/.test(file));
  const workers = files.flatMap((file) => /^\/out\/([^/]+-worker)\.js$/.exec(file)?.[1] ?? []);
  expect(workers).toContain('bcrypt-worker');
  const base = pathToFileURL(asar).href;
  const found = scripts.flatMap((script) => workers.map((name) => workerFile({ name, nextTo: base + script }).href));
  expect([...new Set(found)].sort()).toEqual(workers.map((name) => `${base}/out/${name}.js`).sort());
});

test('licences lie beside the archive: ours, and one of every package that is bundled', () => {
  const resources = path.join(packed, 'resources');
  expect(readFileSync(path.join(resources, 'LICENSE.txt'), 'utf8')).toMatch(/^MIT License\n/);
  const notices = readFileSync(path.join(resources, 'THIRD_PARTY_NOTICES.md'), 'utf8');
  const named = new Set([...notices.matchAll(/^## (\S+) \d/gm)].map(([, name]) => name));
  // Server, window, style sheets and fonts, and what comes with a dependency of ours only.
  for (const name of ['undici', 'react-dom', '@mantine/core', '@fontsource-variable/inter', 'scheduler']) {
    expect(named).toContain(name);
  }
  expect(notices).toContain('Copyright (c) Meta Platforms');
  // Tools of the build are not part of the program.
  for (const name of ['vite', 'vitest', 'typescript', 'electron-builder']) expect(named).not.toContain(name);
});

test('the fuses are set: no way to run plain Node, only our own archive', () => {
  const binary = readFileSync(path.join(packed, 'cli-proxy-desktop'));
  const at = binary.indexOf(sentinel) + sentinel.length;
  const [version, length] = binary.subarray(at, at + 2);
  const states = [...binary.subarray(at + 2, at + 2 + (length ?? 0))].map((byte) => String.fromCharCode(byte) === '1');
  expect(version).toBe(1);
  expect(Object.fromEntries(fuseNames.map((name, index) => [name, states[index]]))).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the packed program runs, with its own files only', async () => {
  const unpacked = tempFolder();
  extractAll(asar, unpacked);
  const desktop = startDesktop({ main: path.join(unpacked, 'out', 'main.js'), env: { STAND_IN_PACKAGED: '1' } });
  await desktop.address();
  await desktop.page('waitForSelector', 'nav');
  expect((await desktop.api('GET', '/debug')).body).toEqual({ debug: false });
  await desktop.quit();
  expect(await desktop.exit).toBe(0);
});
