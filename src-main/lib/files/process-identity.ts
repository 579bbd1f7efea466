// Which process this is, in a form by which another process can tell whether it still runs.
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  /** Where process ids mean the same: a boot of a computer, and the container within it. */
  readonly machine: string;
  /** When the process started, in clock ticks since the boot; `''` where the system does not say cheaply. */
  readonly started: string;
}

export type Liveness = 'running' | 'dead' | 'unknown';

/** Process ids mean something only within one boot, and within one container. */
function machine(): string {
  if (process.platform !== 'linux') return `${process.platform}:${os.hostname()}`;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `linux:${boot}:${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // A system without /proc: nothing that tells two containers apart.
    return `linux:${os.hostname()}`;
  }
}

/** Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); the name in field 2 may hold blanks and parentheses. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

export const ownIdentity: ProcessIdentity = { pid: process.pid, machine: machine(), started: startOf(process.pid) };

/** `unknown`: a process of another machine or container, or one whose id a later process may have got. */
export function livenessOf({ pid, machine: place, started }: ProcessIdentity): Liveness {
  if (place !== ownIdentity.machine) return 'unknown';
  if (!isRunning(pid)) return 'dead';
  if (started === '' || ownIdentity.started === '') return 'unknown';
  const now = startOf(pid);
  // Another user's process may be hidden from us.
  if (now === '') return 'unknown';
  return now === started ? 'running' : 'dead';
}

/** Whether there is a process of this id on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
