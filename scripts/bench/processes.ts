// Starts what is measured, each in a process and a temporary folder of its own, and reads its memory.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { hashSync } from 'bcryptjs';
import { serverFlags } from '../server-flags.mjs';
import { fetchOnce, type Reply, requestBytes } from './http-load.ts';

const builtServer = path.resolve(import.meta.dirname, '../../out/headless.js');
const probeScript = pathToFileURL(path.join(import.meta.dirname, 'probe.mjs')).href;
const bareServer = path.join(import.meta.dirname, 'bare-server.mjs');

export const managementKey = 'bench-management-key';
const keyHash = hashSync(managementKey, 10);
export const keyHeader = { 'x-management-key': managementKey };

export interface Subject {
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
  /** How long its event loop was held up since the last call, p99 in milliseconds; 0 at first. For `watched` servers. */
  readonly loopDelay: () => Promise<number>;
  /** Collects its garbage. For `watched` servers. */
  readonly collect: () => Promise<void>;
}

export interface ServerOptions {
  /** Further arguments. */
  readonly args?: readonly string[];
  /** Lines beside port, auth-dir and the management key. */
  readonly config?: string;
  /** Puts files beside the config before the server starts. */
  readonly prepare?: (folder: string) => void;
  /** Can be asked about itself. */
  readonly watched?: boolean;
}

/** The built server on a config of its own. */
export function startServer({
  config = '',
  prepare,
  watched = false,
  args = [],
}: ServerOptions = {}): Promise<Subject> {
  if (!existsSync(builtServer)) throw new Error('There is no out/headless.js yet. Run npm run build first.');
  return startProcess('/healthz', (folder, port) => {
    const file = path.join(folder, 'config.yaml');
    const head = `port: ${port}\nauth-dir: ${JSON.stringify(path.join(folder, 'auth'))}\n`;
    writeFileSync(file, `${head}remote-management:\n  secret-key: ${JSON.stringify(keyHash)}\n${config}`);
    prepare?.(folder);
    return [
      ...serverFlags,
      ...(watched ? ['--import', probeScript] : []),
      builtServer,
      '--config',
      file,
      '--port',
      String(port),
      ...args,
    ];
  });
}

/** Node's own HTTP server, which answers everything with the given reply. */
export function startBareServer(reply: Reply): Promise<Subject> {
  return startProcess('/', (folder, port) => {
    const file = path.join(folder, 'reply.json');
    writeFileSync(file, JSON.stringify({ headers: Object.fromEntries(reply.headers), body: reply.body }));
    return [bareServer, file, String(port)];
  });
}

/** A script of Node, ready once `probe` is answered. */
export async function startProcess(
  probe: string,
  prepare: (folder: string, port: number) => readonly string[],
): Promise<Subject> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cli-proxy-bench-'));
  const port = await freePort();
  const args = prepare(folder, port);
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(child, port, requestBytes({ path: probe }));
  } catch (error) {
    await stop();
    throw error;
  }
  const readyMs = performance.now() - started;
  const ask = async (request: string) => {
    child.send(request);
    return Number((await once(child, 'message'))[0]);
  };
  const loopDelay = () => ask('delay?');
  const collect = async () => {
    await ask('collect');
  };
  return { port, pid: child.pid ?? 0, folder, readyMs, stop, loopDelay, collect };
}

async function answers(child: ChildProcess, port: number, probe: Buffer): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await delay(1)) {
    if (child.exitCode !== null) throw new Error(`the server ended with exit code ${child.exitCode}`);
    const reply = await fetchOnce(port, probe).catch(() => undefined);
    if (reply?.status === 200) return;
  }
  throw new Error('the server did not answer within a minute');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(force);
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resident memory of a process in megabytes. */
export function residentMb(pid: number): number {
  if (process.platform !== 'linux') {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  }
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
