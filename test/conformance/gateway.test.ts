// The gateway's cases against the built server: clients, upstreams and proxies are scripted, meaning is compared.
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly why?: string;
}

const root = path.resolve(import.meta.dirname, '../..');
const kit = path.join(import.meta.dirname, 'gateway');

/** Names of cases that wait for a translation. */
const waiting: readonly string[] = [];

async function runCases(): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-cases-'));
  const out = path.join(folder, 'results.json');
  const server = `${process.execPath} ${path.join(root, 'out/headless.js')} --config {config}`;
  const cases = globSync('cases/*.json', { cwd: kit }).map((file) => path.join(kit, file));
  const args = [path.join(kit, 'run-gateway.mjs'), '--server', server, '--out', out, ...cases];
  try {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every gateway case holds', { timeout: 300_000 }, async () => {
  const results = await runCases();
  expect(results.length).toBeGreaterThan(200);
  const failed = results.filter(({ name, ok }) => !ok && !waiting.includes(name));
  expect(failed.map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
  expect(waiting.filter((name) => results.find((result) => result.name === name)?.ok !== false)).toEqual([]);
});
