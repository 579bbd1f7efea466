// The long tests of the config file, as functions of what writes it. Each reports what it counted.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src-main/config/yaml/read-config.ts';
import type { Config } from '../../src-shared/config.ts';
import type { ConfigWriter, StartWriter } from './config-writer.ts';
import type { OutsideReport } from './outside-writer.ts';

/** Long enough that a file written only in part could not pass for a whole one. */
const filler = Array.from({ length: 400 }, (_, line) => `# line ${line} of what the user wrote`).join('\n');
const document = (retry: number) =>
  `# first line\nrequest-retry: ${retry} # ours\n${filler}\nmax-retry-interval: 0 # theirs\napi-keys:\n  - first\n# last line\n`;

const temporaryFiles = (file: string) => readdirSync(path.dirname(file)).filter((name) => name.endsWith('.tmp'));

/** Waits, without giving the processor away, until there is a temporary file. */
function untilTemporary(file: string, withinMs: number): void {
  const end = performance.now() + withinMs;
  while (temporaryFiles(file).length === 0 && performance.now() < end);
}

export interface CrashReport {
  readonly kills: number;
  /** Kills after which a temporary file lay there: between its creation and the rename. */
  readonly duringWrite: number;
  readonly answered: number;
  readonly violations: readonly string[];
}

/** Kills the writer again and again while it writes, and looks at what is left. */
export async function crashes(start: StartWriter, file: string, kills: number): Promise<CrashReport> {
  const violations: string[] = [];
  writeFileSync(file, document(0));
  let sent = 0;
  let answered = 0;
  let duringWrite = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const writer = await start(file);
    if (temporaryFiles(file).length > 0) violations.push(`temporary files after start ${kill}`);
    const { 'request-retry': found } = await writer.inForce();
    if (found < answered) violations.push(`start ${kill} read ${found}, but ${answered} was answered`);
    let killed = false;
    const write = async () => {
      while (!killed) {
        sent += 1;
        const value = sent;
        await writer.setRetry(value);
        answered = value;
      }
    };
    // The one write that the kill cuts off fails by design.
    const writing = write().catch((error) => {
      if (!killed) violations.push(`a write failed: ${String(error)}`);
    });
    // Some writes first, and then at no particular moment; or, every other time, at the sight of a temporary file.
    await sleep(5 + Math.random() * 25);
    if (kill % 2 === 0) untilTemporary(file, 200);
    killed = true;
    await writer.kill();
    await writing;
    const left = temporaryFiles(file).length;
    if (left > 0) duringWrite += 1;
    if (left > 1) violations.push(`${left} temporary files after kill ${kill}`);
    const text = readFileSync(file, 'utf8');
    const value = readConfig(text)['request-retry'];
    if (text !== document(value)) violations.push(`kill ${kill} left neither the old nor the new file`);
    if (value < answered || value > sent) violations.push(`kill ${kill} left ${value}, answered was ${answered}`);
    answered = value;
  }
  return { kills, duringWrite, answered, violations };
}

export interface ReadReport {
  readonly writes: number;
  readonly violations: readonly string[];
}

/** Each write is read back at once, through the program and from outside. */
export async function readYourWrites(start: StartWriter, file: string, writes: number): Promise<ReadReport> {
  const violations: string[] = [];
  writeFileSync(file, document(0));
  const writer = await start(file);
  for (let value = 1; value <= writes; value += 1) {
    await writer.setRetry(value);
    const outside = readFileSync(file, 'utf8');
    const { 'request-retry': inside } = await writer.inForce();
    if (inside !== value) violations.push(`after ${value} the program says ${inside}`);
    if (outside !== document(value)) violations.push(`after ${value} the file is another`);
  }
  await writer.close();
  return { writes, violations };
}

export interface TwoWritersReport {
  readonly ours: number;
  readonly theirs: number;
  /** Saves of theirs that were gone when they looked again. */
  readonly theirsLost: OutsideReport['lost'];
  /** Answered writes of ours that are gone although no save of theirs overlapped with them in time. */
  readonly oursLost: readonly string[];
  /** Answered writes of ours over which they saved a text that they had read before: theirs by right. */
  readonly overwritten: number;
  readonly violations: readonly string[];
}

interface Write {
  readonly key: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

const now = () => Number(process.hrtime.bigint());

/** So many keys are added before they are looked for; a longer list would slow down both writers. */
const roundLength = 200;

/** Adds keys as fast as it can; resolves with those that are gone afterwards. */
async function addAndLookFor(writer: ConfigWriter): Promise<readonly Write[]> {
  await writer.clearKeys();
  const writes: Write[] = [];
  for (let index = 0; index < roundLength; index += 1) {
    const sentAt = now();
    await writer.addKey(`k${index}`);
    writes.push({ key: `k${index}`, sentAt, answeredAt: now() });
  }
  const { 'api-keys': keys } = await writer.inForce();
  return writes.filter(({ key }) => !keys.includes(key));
}

/** An outside program saves every 10 to 20 ms, in place and by rename in turn, while ours writes as fast as it can. */
export async function twoWriters(start: StartWriter, file: string, seconds: number): Promise<TwoWritersReport> {
  writeFileSync(file, document(0));
  const writer = await start(file);
  const outside = fork(path.join(import.meta.dirname, 'outside-writer.ts'), [file]);
  await once(outside, 'message');
  const gone: Write[] = [];
  let ours = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ours += roundLength) {
    gone.push(...(await addAndLookFor(writer)));
  }
  const answer = once(outside, 'message');
  outside.send('stop');
  const [report] = (await answer) as [OutsideReport];
  const violations: string[] = [];
  const disk = readConfig(readFileSync(file, 'utf8'));
  if (disk['max-retry-interval'] !== report.saves.length) violations.push('the last outside save is not on disk');
  if (!(await becomesEqual(writer, disk))) violations.push('memory is not equal to the disk at the end');
  await writer.close();
  const stale = gone.filter(({ sentAt, answeredAt }) =>
    report.saves.some(({ readAt, savedAt }) => readAt < answeredAt && savedAt > sentAt),
  );
  return {
    ours,
    theirs: report.saves.length,
    theirsLost: report.lost,
    oursLost: gone.filter((write) => !stale.includes(write)).map(({ key }) => key),
    overwritten: stale.length,
    violations,
  };
}

/** Within a second: the watcher may still have to tell of the last outside save. */
async function becomesEqual(writer: ConfigWriter, disk: Config): Promise<boolean> {
  for (const until = Date.now() + 1000; Date.now() < until; await sleep(10)) {
    const memory = await writer.inForce();
    const same = (['request-retry', 'max-retry-interval', 'api-keys'] as const).every(
      (key) => JSON.stringify(memory[key]) === JSON.stringify(disk[key]),
    );
    if (same) return true;
  }
  return false;
}
