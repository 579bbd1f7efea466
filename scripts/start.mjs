// `npm start`: builds what is missing or old, then runs Electron where it can be had, else the headless server.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { findElectron } from './find-electron.mjs';
import { serverFlags } from './server-flags.mjs';

const root = path.dirname(import.meta.dirname);
const shell = process.platform === 'win32';
const bin = (name) => path.join(root, 'node_modules', '.bin', shell ? `${name}.cmd` : name);

/** Whether a source is newer than what was built last. */
function isBuildOld() {
  const built = statSync(path.join(root, 'out', 'preload.cjs'), { throwIfNoEntry: false });
  if (built === undefined || !existsSync(path.join(root, 'out', 'headless.js'))) return true;
  const sources = ['src-shared', 'src-main', 'src-renderer'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
  );
  return sources.some(
    (entry) => entry.isFile() && statSync(path.join(entry.parentPath, entry.name)).mtimeMs > built.mtimeMs,
  );
}

function run(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

if (isBuildOld()) {
  const build = spawnSync(bin('vite'), ['build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    shell,
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

const options = process.argv.slice(2);
let { file, reason } = findElectron();
if (file) {
  const code = await run(file, [root, ...options]);
  // A program that cannot be loaded: libraries of the desktop are missing.
  if (code !== 127) process.exit(code);
  reason = 'Electron does not start on this system';
}
const asksOnly = options.some((option) => ['--help', '-h', '--version'].includes(option));
if (!asksOnly) console.log(`No tray and no window: ${reason}. The server runs alone; open its page in a browser.`);
process.exit(await run(bin('node'), [...serverFlags, path.join(root, 'out', 'headless.js'), ...options], { shell }));
