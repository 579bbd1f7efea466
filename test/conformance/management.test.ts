// The recorded management cases against the built server, each on a server of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly why?: string;
}

const root = path.resolve(import.meta.dirname, '../..');

async function runCases(): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cases-'));
  const out = path.join(folder, 'results.json');
  const server = `${process.execPath} ${path.join(root, 'out/headless.js')} --config {config}`;
  const kit = path.join(import.meta.dirname, 'run-cases.mjs');
  const cases = path.join(import.meta.dirname, 'management.json');
  try {
    const child = spawn(process.execPath, [kit, '--server', server, '--jobs', '3', '--out', out, cases], { cwd: root, stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every recorded management case holds', { timeout: 300_000 }, async () => {
  const results = await runCases();
  expect(results.length).toBeGreaterThan(350);
  expect(results.filter(({ ok }) => !ok).map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
});
