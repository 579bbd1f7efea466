// `npm start`: builds when needed, then runs Electron where its binary can be had, else the headless server.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (name) => path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const shell = process.platform === 'win32';

/** Where Electron's binary is, fetching it when that is possible; undefined where it cannot be had. */
function electronBinary() {
  if (process.env.CLI_PROXY_HEADLESS) return undefined;
  const fetch = spawnSync(process.execPath, ['-e', "console.log(require('electron'))"], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = fetch.stdout?.trim().split('\n').at(-1);
  return fetch.status === 0 && file && existsSync(file) ? file : undefined;
}

if (!existsSync(path.join(root, 'out', 'headless.js'))) {
  const build = spawnSync(bin('vite'), ['build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    shell,
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

const options = process.argv.slice(2);
const electron = electronBinary();
if (!electron) console.log('Electron is not available here, so the server runs without tray and window.');
const child = electron
  ? spawn(electron, [root, ...options], { stdio: 'inherit' })
  : spawn(bin('node'), [path.join(root, 'out', 'headless.js'), ...options], { stdio: 'inherit', shell });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
