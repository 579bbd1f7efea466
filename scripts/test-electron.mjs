// `npm run test:electron`: packs the app and drives it under the real Electron. Where Electron's binary cannot be had it
// says so and ends well, unless `--required` is given.
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findElectron } from './find-electron.mjs';

const root = path.dirname(import.meta.dirname);
const shell = process.platform === 'win32';
const bin = (name) => path.join(root, 'node_modules', '.bin', shell ? `${name}.cmd` : name);

const { file: electron, reason } = findElectron();
if (reason !== undefined) {
  console.log(`Not tested under the real Electron: ${reason}.`);
  process.exit(process.argv.includes('--required') ? 1 : 0);
}

function run(name, args, env = {}) {
  const { status } = spawnSync(bin(name), args, {
    cwd: root,
    stdio: 'inherit',
    shell,
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false', ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The folder that the packer takes Electron from, so that it is not fetched twice. */
const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules', 'electron', 'dist');
const output = path.join('dist', 'test-electron');
rmSync(path.join(root, output), { recursive: true, force: true });
run('vite', ['build', '--app', '--logLevel', 'warn']);
run('electron-builder', [
  '--dir',
  '--publish=never',
  `-c.electronDist=${path.relative(root, electronDist)}`,
  `-c.directories.output=${output}`,
  // The driver speaks to the main process by Node's inspector, which a released app refuses.
  '-c.electronFuses.enableNodeCliInspectArguments=true',
  // Without a certificate the changed binary needs a signature of its own to run on Apple silicon.
  ...(process.platform === 'darwin' ? ['-c.mac.identity=null', '-c.electronFuses.resetAdHocDarwinSignature=true'] : []),
]);

const patterns = {
  darwin: 'mac*/*.app/Contents/MacOS/*',
  win32: 'win*-unpacked/cli-proxy-desktop.exe',
  linux: 'linux*-unpacked/cli-proxy-desktop',
};
const [executable] = globSync(patterns[process.platform] ?? patterns.linux, { cwd: path.join(root, output) });
if (executable === undefined) {
  console.error(`There is no packed app in ${output}.`);
  process.exit(1);
}
console.log(`Testing ${executable}, packed with ${path.basename(electron)}.`);
run('vitest', ['run', '--project', 'electron'], { PACKED_APP: path.join(root, output, executable) });
