// Which program listens on a port, as far as the system tells.
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Milliseconds: the name only helps within an error message. */
const TIME_LIMIT = 2_000;

export interface PortHolder {
  readonly name: string;
  readonly pid: number;
}

/** The program that listens on a TCP port of this computer; `undefined` when that cannot be found out. */
export async function portHolder(port: number): Promise<PortHolder | undefined> {
  try {
    if (process.platform === 'linux') return await fromProc(port);
    return await (process.platform === 'win32' ? fromNetstat(port) : fromLsof(port));
  } catch {
    // Not permitted, or no such tool: the message goes without the name.
    return undefined;
  }
}

async function fromProc(port: number): Promise<PortHolder | undefined> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      // 0A is LISTEN (include/net/tcp_states.h).
      if (state === '0A' && local?.endsWith(`:${wanted}`) && inode !== undefined) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Processes of other users, and such as have just ended, cannot be looked into.
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
      if (inodes.has(target)) {
        return { name: (await readFile(`/proc/${pid}/comm`, 'utf8')).trim(), pid: Number(pid) };
      }
    }
  }
  return undefined;
}

/** `lsof -F` prints one field per line: `p1234`, `cnode`. */
async function fromLsof(port: number): Promise<PortHolder | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: TIME_LIMIT });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.+)$/m.exec(stdout)?.[1];
  return pid === undefined || name === undefined ? undefined : { name, pid: Number(pid) };
}

async function fromNetstat(port: number): Promise<PortHolder | undefined> {
  const options = { timeout: TIME_LIMIT, windowsHide: true };
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], options);
  // The state is translated on a Windows in another language; a foreign address of port 0 means listening.
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  const pid = rows.find(
    ([protocol, local, foreign]) => protocol === 'TCP' && local?.endsWith(`:${port}`) && foreign?.endsWith(':0'),
  )?.[4];
  if (pid === undefined) return undefined;
  const tasks = await run('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'], options);
  const name = /^"([^"]+)"/m.exec(tasks.stdout)?.[1];
  return name === undefined ? undefined : { name, pid: Number(pid) };
}
