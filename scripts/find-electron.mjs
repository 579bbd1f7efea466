// Where Electron's binary is, fetched when that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** The file of Electron's binary, or the reason why there is none that could show a window. */
export function findElectron() {
  const { DISPLAY, WAYLAND_DISPLAY, CLI_PROXY_HEADLESS } = process.env;
  if (CLI_PROXY_HEADLESS) return { reason: 'CLI_PROXY_HEADLESS is set' };
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return { reason: 'there is no display' };
  // The package downloads its binary on the first import.
  const found = spawnSync(process.execPath, ['-p', "require('electron')"], {
    cwd: root,
    encoding: 'utf8',
    timeout: 180_000,
  });
  const file = found.stdout?.trim().split('\n').at(-1);
  return found.status === 0 && file && existsSync(file) ? { file } : { reason: 'Electron cannot be fetched' };
}
