// Programs of this kind that share a folder of accounts send each refresh token once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAuthority, startFakeProviders } from '../conformance/oauth/fake-providers.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const program = path.resolve(import.meta.dirname, '../support/refresh-process.ts');

async function fakes() {
  const authority = createAuthority();
  const providers = await startFakeProviders({ authority });
  onTestFinished(async () => {
    await providers.close();
    authority.remove();
  });
  return { ...providers, authority };
}

test.each([2, 4])('%i programs that find the same tokens due', async (programs) => {
  const { authority, ...world } = await fakes();
  const folder = tempFolder();
  const names = ['a', 'b', 'c'].map((each) => `claude-${each}.json`);
  for (const name of names) {
    const refreshToken = world.knowRefreshToken('anthropic', `start-${name}`);
    const account = { type: 'claude', email: name, refresh_token: refreshToken, expired: '2026-01-01T00:00:00Z' };
    writeFileSync(path.join(folder, name), JSON.stringify(account));
  }
  // A copy has the same refresh token under another name.
  writeFileSync(path.join(folder, '0-copy.json'), readFileSync(path.join(folder, 'claude-a.json')));
  const children = Array.from({ length: programs }, () => {
    const child = spawn(process.execPath, [program, folder, world.proxyUrl, 'once'], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority.caFile },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  });
  // All of them have read the old tokens before the first asks for new ones.
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const outputs = await Promise.all(
    children.map(async (child) => {
      let output = '';
      child.stdout.on('data', (data) => {
        output += data;
      });
      child.stdin.write('go\n');
      await once(child, 'close');
      return JSON.parse(output) as readonly { readonly status: string }[];
    }),
  );
  expect(new Set(outputs.flat().map(({ status }) => status))).toEqual(new Set(['ready']));
  const sent = world.requests.map(({ body }) => body as Record<string, string>);
  expect(sent.map(({ refresh_token: token }) => token).sort()).toEqual(names.map((name) => `start-${name}`));
  expect(readdirSync(folder).sort()).toEqual(['0-copy.json', ...names]);
});
