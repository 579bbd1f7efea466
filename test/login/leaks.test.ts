// No code, state, verifier, token or key in any log line, error or stack, however it is encoded.
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { LoginName } from '../../src-shared/providers.ts';
import { holdLoginPorts } from '../support/login-ports.ts';
import { kitName, loginWorld } from '../support/login-world.ts';

holdLoginPorts();

const codeFlows = ['anthropic', 'codex', 'gemini-cli', 'iflow'] as const satisfies readonly LoginName[];

function encodings(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  ];
}

test('logins, failures and refreshes leave no secret behind', async () => {
  const world = await loginWorld();
  const { fakes, clock, logins } = world;
  const said: string[] = [];
  const note = (error: unknown) => said.push(inspect(error, { depth: 10 }), String(error));
  const remember = (url: string, state: string) => {
    fakes.secrets.set(state, 'state');
    const granted = url.startsWith('https://chat.qwen.ai') ? undefined : fakes.grant(url);
    return granted?.code ?? '';
  };

  for (const name of codeFlows) {
    const provider = kitName(name);
    // A code full of characters that every encoding writes differently, and one that the provider repeats.
    const echo = (secret: string) => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: `No such code: ${secret} (${encodeURIComponent(secret)})` },
    });
    for (const fault of ['ok', 'reset', 'invalid_json', 'missing_fields', 'server_error', 'echo']) {
      const { url, state } = await world.start(name);
      const code = `c0de/${name} +"%\\é&=${fault}`;
      remember(url, state);
      fakes.grant(url, { code });
      fakes.set(`${provider}.token`, fault === 'echo' ? echo(code) : fault);
      const page = await world.visit(name, { code, state });
      said.push(page.html, JSON.stringify(page.headers), logins.status(state).error ?? '');
    }
    fakes.set(`${provider}.token`, 'ok');
  }
  fakes.set('iflow.userinfo', 'reset');
  const iflow = await world.start('iflow');
  await world.visit('iflow', { code: remember(iflow.url, iflow.state), state: iflow.state });
  said.push(logins.status(iflow.state).error ?? '');

  fakes.account('qwen', { approved: true });
  const qwen = await world.start('qwen');
  remember(qwen.url, qwen.state);
  clock.advance(1_000);
  await world.settled(qwen.state);
  fakes.set('qwen.device', 'missing_fields');
  await world.start('qwen').catch(note);

  const denied = await world.start('codex');
  remember(denied.url, denied.state);
  await world.visit('codex', { error: denied.state, error_description: denied.state, state: denied.state });
  said.push(logins.status(denied.state).error ?? '');
  try {
    logins.handIn({ redirectUrl: `http://localhost:1455/auth/callback?code=pasted-secret&state=${denied.state}` });
  } catch (error) {
    note(error);
  }
  fakes.secrets.set('pasted-secret', 'code');

  await world.files.refresh();
  const accounts = world.accounts();
  fakes.set('iflow.userinfo', 'ok');
  for (const fault of ['ok', 'reset', 'server_error', 'invalid_grant']) {
    for (const provider of [...codeFlows, 'qwen' as const].map(kitName)) fakes.set(`${provider}.refresh`, fault);
    clock.advance(60_000);
    for (const { name } of accounts.list()) await accounts.refresh(name).catch(note);
  }
  said.push(JSON.stringify(accounts.describe()));

  const text = [...said, ...world.lines].join('\n');
  expect(world.lines.length).toBeGreaterThan(20);
  expect(fakes.secrets.size).toBeGreaterThan(60);
  const found = [...fakes.secrets].filter(([secret]) => encodings(secret).some((each) => text.includes(each)));
  expect(found.map(([, kind]) => kind)).toEqual([]);
});
