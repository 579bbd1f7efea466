// `npm start`, with Electron, without it, and with one that does not run.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from './support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Starts and resolves with all output once it matches. */
function start(env: Readonly<Record<string, string>>, until: RegExp): Promise<string> {
  const home = tempFolder();
  const { DISPLAY: _d, WAYLAND_DISPLAY: _w, ...inherited } = process.env;
  const child = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs'), '--port', '0'], {
    env: { ...inherited, HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), ...env },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let out = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        out += chunk;
        if (until.test(out)) resolve(out);
      });
    }
    void ended.then(() => reject(new Error(`ended early: ${out}`)));
  });
}

function fakeElectron(script: string): string {
  const folder = tempFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'electron'), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, 'electron'), 0o755);
  return folder;
}

test('without a display the server runs alone and says where its window page is', async () => {
  const out = await start({}, /window\s+http:\/\/\S+\/management\.html/);
  expect(out).toMatch(/^No tray and no window: there is no display\./);
});

test.runIf(process.platform === 'linux')('with Electron the app is started with the options', async () => {
  const electron = fakeElectron('echo "started $@"; exec sleep 30');
  const out = await start({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: electron }, /started/);
  expect(out).toBe(`started ${root} --port 0\n`);
});

test.runIf(process.platform === 'linux')('where Electron cannot be loaded the server runs alone', async () => {
  const electron = fakeElectron('exit 127');
  const out = await start({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: electron }, /window\s+http/);
  expect(out).toContain('Electron does not start on this system');
});
