// Makes a test of each case of a conformance kit. The kit's own runner plays the cases against the built server.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const server = `${process.execPath} ${path.join(root, 'out/headless.js')} --config {config}`;

/** Cases by kit that need what the product does not do yet. */
const known: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'known.json'), 'utf8'),
);

/** More failures than a busy machine causes. */
const maxReplays = 20;

/** One verdict of a runner's `--out` file. */
interface Verdict {
  readonly name: string;
  readonly ok?: boolean;
  readonly why?: string;
  /** Why the runner left the case out. */
  readonly skipped?: string;
}

export interface Kit {
  /** Its key in `known.json`. */
  readonly name: string;
  /** Below this folder. */
  readonly runner: string;
  /** Further arguments of the server. */
  readonly serverArgs?: string;
  /** Names of all its cases. */
  readonly cases: readonly string[];
  /** The cases that stand for all of them in `npm test`. */
  readonly sample: readonly string[];
  /** Further arguments of the runner that make it play `cases`. `folder` is removed after the run. */
  readonly args: (cases: readonly string[], folder: string) => readonly string[];
  /** After this the runner and its servers are killed. */
  readonly timeoutMs: number;
}

/** Registers a test for each case of `kit`: every one in the project `conformance`, else those of its sample. */
export function testKit(kit: Kit): void {
  const failing = new Set(known[kit.name]);
  const cases = inject('everyCase') ? kit.cases : kit.sample.filter((name) => !failing.has(name));
  let verdicts: ReadonlyMap<string, Verdict> = new Map();

  beforeAll(async () => {
    verdicts = await judge(kit, cases, failing);
  }, 2 * kit.timeoutMs);

  for (const name of cases) {
    test(name, (context) => {
      const verdict = verdicts.get(name);
      if (verdict === undefined) expect.fail('the runner gave no verdict');
      if (verdict.skipped !== undefined) context.skip(verdict.skipped);
      if (failing.has(name) && verdict.ok === false) context.skip(`known to fail: ${verdict.why}`);
      expect(failing.has(name), 'passes: remove it from known.json').toBe(false);
      if (verdict.ok !== true) expect.fail(verdict.why);
    });
  }

  test('known.json names cases of this kit only', () => {
    expect([...failing].filter((name) => !kit.cases.includes(name))).toEqual([]);
  });
}

/** The kits have time limits of their own, which a busy machine exceeds: what fails among others is played alone. */
async function judge(kit: Kit, cases: readonly string[], failing: ReadonlySet<string>) {
  const verdicts = new Map(await runKit(kit, cases));
  const unexpected = cases.filter((name) => verdicts.get(name)?.ok === false && !failing.has(name));
  for (const name of unexpected.slice(0, maxReplays)) {
    const alone = (await runKit(kit, [name])).get(name);
    if (alone?.ok) console.log(`${kit.name}: "${name}" held only alone: ${verdicts.get(name)?.why}`);
    if (alone !== undefined) verdicts.set(name, alone);
  }
  return verdicts;
}

async function runKit(kit: Kit, cases: readonly string[]): Promise<ReadonlyMap<string, Verdict>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kit-'));
  const out = path.join(folder, 'verdicts.json');
  try {
    const runner = path.join(import.meta.dirname, kit.runner);
    const command = kit.serverArgs === undefined ? server : `${server} ${kit.serverArgs}`;
    const args = [runner, '--server', command, '--out', out, ...kit.args(cases, folder)];
    const output = await runToEnd(args, kit.timeoutMs);
    const verdicts = readVerdicts(out);
    if (verdicts === undefined) throw new Error(`${kit.name}: no verdicts. The runner said:\n${output}`);
    return new Map(verdicts.map((verdict) => [verdict.name, verdict]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readVerdicts(file: string): readonly Verdict[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Resolves with the end of what it printed. It leads a process group of its own, so that its servers die with it. */
function runToEnd(args: readonly string[], timeoutMs: number): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: true,
    // The server starts once per case in some kits: compile it once.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node-compile') },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-4000);
    });
  }
  const killGroup = () => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  };
  process.once('exit', killGroup);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      output += `\nkilled after ${timeoutMs} ms`;
      killGroup();
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      process.removeListener('exit', killGroup);
      killGroup();
      resolve(output);
    });
  });
}

/** Every `step`th item. */
export function everyNth<Item>(items: readonly Item[], step: number): readonly Item[] {
  return items.filter((_, index) => index % step === 0);
}

/** Reads a JSON file of the kits. */
export function readCases<Content>(file: string): Content {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'));
}

/** Writes cases into the folder of a run and gives the file's path. */
export function writeCases(folder: string, name: string, content: unknown): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}
