// Starting at login, as each system does it. The system's own record is the truth; nothing is kept beside it.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from 'electron';

export interface LoginItemOptions {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  /** The directory of the user's settings, `~/.config` on Linux. */
  readonly configHome: string;
  /** The file that starts the program. */
  readonly executable: string;
}

export const hiddenFlag = '--hidden';
const fileName = 'cli-proxy-desktop.desktop';

/** Quoting of the desktop entry specification, section "The Exec key". */
const quoted = (executable: string) => `"${executable.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;

const desktopEntry = (executable: string, hidden: boolean) => `[Desktop Entry]
Type=Application
Name=CLI Proxy Desktop
Exec=${quoted(executable)}${hidden ? ` ${hiddenFlag}` : ''}
X-GNOME-LoginItem-enabled=true
`;

export class LoginItem {
  readonly #options: LoginItemOptions;

  constructor(options: LoginItemOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    const { app, platform, executable } = this.#options;
    if (platform === 'linux') return existsSync(this.#file);
    // Windows compares path and arguments; both forms count as on.
    return [[hiddenFlag], []].some((args) => app.getLoginItemSettings({ path: executable, args }).openAtLogin);
  }

  /** `hidden`: only the tray appears. */
  async set(on: boolean, hidden: boolean): Promise<void> {
    const { app, platform, executable } = this.#options;
    if (platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: on, path: executable, args: hidden ? [hiddenFlag] : [] });
      return;
    }
    if (!on) return rm(this.#file, { force: true });
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(this.#file, desktopEntry(executable, hidden));
  }

  get #file(): string {
    return path.join(this.#options.configHome, 'autostart', fileName);
  }
}
