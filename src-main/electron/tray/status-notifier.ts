// Whether the desktop shows tray icons at all. Stock GNOME does not, and a window hidden there would be gone.
import { execFile } from 'node:child_process';

/** Who shows tray icons on Linux announces it under this name (StatusNotifierItem of freedesktop.org and KDE). */
const watcherName = 'org.kde.StatusNotifierWatcher';
const timeoutMs = 2000;

function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: timeoutMs }, (error, out) => resolve(error === null ? out : undefined));
  });
}

/** True on Windows and macOS. On Linux false also where the session cannot be asked: then nothing is hidden. */
export async function hasStatusNotifierHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  const bus = 'org.freedesktop.DBus';
  const question = `${bus}.NameHasOwner`;
  const answers = await Promise.all([
    run('gdbus', ['call', '--session', '--dest', bus, '--object-path', '/', '--method', question, watcherName]),
    run('dbus-send', ['--session', '--print-reply', `--dest=${bus}`, '/', question, `string:${watcherName}`]),
  ]);
  return answers.some((answer) => answer !== undefined && /\btrue\b/.test(answer));
}
