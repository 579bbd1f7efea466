// Has a tool ask for one short answer, in a directory of its own, and looks whether its request comes to the gateway.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RecentRequest } from '../../src-shared/contract/recent-requests.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Place, Tool } from './tool.ts';

export interface Verification {
  readonly outcome: 'answered' | 'failed' | 'elsewhere' | 'timeout';
  readonly model: string;
  readonly cause: string;
  readonly milliseconds: number;
  readonly variables: string[];
  readonly output: string;
}

export interface VerifyOptions {
  readonly place: Place;
  readonly clock: Clock;
  /** The key that was written. Never shown. */
  readonly secrets: readonly string[];
  /** How the last requests of clients ended, newest first. */
  readonly requests: () => readonly RecentRequest[];
  /** Milliseconds for the whole attempt. */
  readonly timeoutMs: number;
}

/** Characters of what the tool printed. */
const maxOutput = 4000;

/** Never rejects for what the tool does. */
export async function verifyTool(tool: Tool, program: string, options: VerifyOptions): Promise<Verification> {
  const { clock, place, requests, timeoutMs } = options;
  const before = new Set(requests());
  const start = clock.now();
  const directory = mkdtempSync(path.join(tmpdir(), 'tool-check-'));
  try {
    const run = await runTool(tool, program, directory, options);
    const seen = requests().filter((request) => !before.has(request));
    // Tools ask for titles as well: one answer is enough.
    const request = seen.find(({ outcome }) => outcome === 'answered') ?? seen[0];
    const outcome = request === undefined ? (run.timedOut ? 'timeout' : 'elsewhere') : outcomeOf(request);
    return {
      outcome,
      model: request?.model ?? '',
      cause: request?.cause ?? (run.timedOut ? `no request within ${timeoutMs / 1000} s` : ''),
      milliseconds: Math.max(0, Math.round(clock.now() - start)),
      variables: (tool.variables ?? []).filter((name) => (place.env[name] ?? '') !== ''),
      output: run.output,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const outcomeOf = ({ outcome }: RecentRequest): 'answered' | 'failed' =>
  outcome === 'answered' ? 'answered' : 'failed';

function runTool(
  tool: Tool,
  program: string,
  directory: string,
  { place, clock, secrets, timeoutMs }: VerifyOptions,
): Promise<{ readonly output: string; readonly timedOut: boolean }> {
  const isScript = place.platform === 'win32' && program.toLowerCase().endsWith('.cmd');
  const child = spawn(isScript ? `"${program}"` : program, [...(tool.test?.args ?? [])], {
    cwd: directory,
    env: { ...place.env, ...tool.test?.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the tool starts ends with it.
    detached: place.platform !== 'win32',
    shell: isScript,
    windowsHide: true,
  });
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4 * maxOutput);
    });
  }
  const stop = clock.after(timeoutMs, () => {
    timedOut = true;
    end(child);
  });
  return new Promise((resolve) => {
    const finish = (text: string) => {
      stop();
      end(child);
      const shown = secrets.reduce((shorter, secret) => shorter.replaceAll(secret, '***'), text);
      resolve({ output: shown.slice(-maxOutput), timedOut });
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', () => finish(output));
    // What it started may hold its output open.
    child.once('exit', () => end(child));
  });
}

/** With everything it has started. */
function end(child: ChildProcess): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
