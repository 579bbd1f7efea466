// A process that is killed while it refreshes leaves the old file or the new one, whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { createAuthority, startFakeProviders } from '../conformance/oauth/fake-providers.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const program = path.resolve(import.meta.dirname, '../support/refresh-process.ts');
const name = 'claude-a@x.example.json';
// `KILLS=100` for the full run, which takes a minute.
const rounds = Number(process.env.KILLS ?? 15);

test(`killed ${rounds} times at random moments`, { timeout: 300_000 }, async () => {
  const authority = createAuthority();
  const fakes = await startFakeProviders({ authority });
  onTestFinished(async () => {
    await fakes.close();
    authority.remove();
  });
  const folder = tempFolder();
  const file = path.join(folder, name);
  // A file of some size takes longer to write, which gives the kill more to hit.
  const note = 'n'.repeat(200_000);
  let replaced = 0;
  for (let round = 0; round < rounds; round += 1) {
    const refreshToken = fakes.knowRefreshToken('anthropic', `start-${round}`);
    const before = {
      type: 'claude',
      email: 'a@x.example',
      refresh_token: refreshToken,
      expired: '2099-01-01T00:00:00Z',
    };
    writeFileSync(file, JSON.stringify({ ...before, note }), { mode: 0o600 });
    const child = spawn(process.execPath, [program, folder, fakes.proxyUrl, name], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority.caFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await sleep(Math.random() * 40);
    child.kill('SIGKILL');
    await once(child, 'close');
    const after = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(after).toMatchObject({ type: 'claude', email: expect.stringContaining('@'), note });
    expect(fakes.secrets.has(after.refresh_token as string)).toBe(true);
    if (after.refresh_token !== refreshToken) replaced += 1;
  }
  expect(replaced).toBe(rounds);
  const files = await AuthFiles.open({ directory: folder, log: createLogger(() => {}, 'killed-refresh.test.ts') });
  await files.close();
  expect(readdirSync(folder)).toEqual([name]);
});
