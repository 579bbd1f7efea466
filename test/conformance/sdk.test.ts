// The services' own SDKs as clients of the built server, against upstreams of every form.
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

async function check(): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sdk-check-'));
  const out = path.join(folder, 'results.json');
  const server = `${process.execPath} ${path.join(root, 'out/headless.js')} --config {config}`;
  const kit = path.join(import.meta.dirname, 'gateway/sdk-check.mjs');
  try {
    const child = spawn(process.execPath, [kit, '--server', server, '--out', out], { cwd: root, stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the openai, anthropic and google SDKs see what their own services would tell them', { timeout: 300_000 }, async () => {
  const results = await check();
  expect(results.length).toBeGreaterThan(170);
  expect(results.filter(({ ok }) => !ok).map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
});
