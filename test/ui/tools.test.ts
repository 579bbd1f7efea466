// Tools: set up after a look at the difference, proved by a request, put back; also when a file changes meanwhile.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds, useVisit } from './support/visit.ts';

/** A program that asks the gateway as its settings tell it, in the place of the real one. */
const program = `#!${process.execPath}
const settings = JSON.parse(require('node:fs').readFileSync(process.env.HOME + '/.claude/settings.json', 'utf8'));
fetch(settings.env.ANTHROPIC_BASE_URL + '/v1/messages', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + settings.env.ANTHROPIC_AUTH_TOKEN, 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'coder', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] }),
}).then(async (response) => console.log(await response.text()));
`;
const key = 'sk-cpd-0001000100010001aaaa';
const before = '{\n  "theme": "dark",\n  "env": {\n    "OTHER_API_KEY": "sk-own-7777777777777777bbbb"\n  }\n}\n';

const relay = createServer((_, response) => {
  const message = { role: 'assistant', content: 'Hello.' };
  response.setHeader('content-type', 'application/json').end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'coder',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    }),
  );
});
const programs = mkdtempSync(path.join(tmpdir(), 'programs-'));
writeFileSync(path.join(programs, 'claude'), program);
chmodSync(path.join(programs, 'claude'), 0o755);
await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  relay.close();
  rmSync(programs, { recursive: true, force: true });
});

const setup = {
  config: [
    'api-keys:',
    `  - ${key}`,
    'openai-compatibility:',
    '  - name: relay',
    `    base-url: http://127.0.0.1:${(relay.address() as AddressInfo).port}/v1`,
    '    api-key-entries:',
    '      - api-key: sk-relay-0000cccc',
    '    models:',
    '      - name: coder',
    '      - name: coder-mini',
    '',
  ].join('\n'),
  environment: { PATH: programs },
};

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);
  const file = () => path.join(visit.server.folder, '.claude/settings.json');
  const text = () => readFileSync(file(), 'utf8');
  const write = (content: string) => {
    mkdirSync(path.dirname(file()), { recursive: true });
    writeFileSync(file(), content);
  };
  const dialog = () => visit.window.page.getByRole('dialog');

  test('a tool is set up and verified, and its file is byte for byte as before after Restore', async () => {
    const { window, get } = visit;
    write(before);
    await window.go('tools');
    await get('link', 'Set up Claude Code').click();
    await dialog().getByText('ANTHROPIC_BASE_URL').waitFor();
    // Nothing is written by looking; keys are masked, also those of others.
    expect(text()).toBe(before);
    expect(await dialog().textContent()).not.toContain(key);
    expect(await dialog().textContent()).not.toContain('sk-own-7777777777777777bbbb');
    await get('combobox', 'Haiku').click();
    await get('option', 'coder-mini').click();
    await dialog().getByText('"ANTHROPIC_DEFAULT_HAIKU_MODEL": "coder-mini"').waitFor();
    await get('button', 'Write and verify').click();
    await window.page.getByText('Claude Code works').waitFor();
    await dialog().waitFor({ state: 'hidden' });
    expect(JSON.parse(text()).env).toMatchObject({ ANTHROPIC_AUTH_TOKEN: key, OTHER_API_KEY: expect.any(String) });
    await window.page.locator('.tool-list').getByText('Set up', { exact: true }).waitFor();

    await get('link', 'Restore Claude Code').click();
    await dialog().locator('.minus').first().waitFor();
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await window.page.getByText('Claude Code is back as it was').waitFor();
    expect(text()).toBe(before);
    await get('link', 'Set up Claude Code').waitFor();
  });

  test('a tool gets a key of its own, and keeps our provider for its conversations when it is put back', async () => {
    const { window, get, server } = visit;
    const codex = path.join(server.folder, '.codex/config.toml');
    mkdirSync(path.dirname(codex), { recursive: true });
    writeFileSync(codex, '# mine\n');
    await window.go('tools/codex');
    await get('combobox', 'Client key').click();
    await get('option', 'New key for this tool').click();
    await expect.poll(() => get('combobox', 'Client key').inputValue()).toBe('Codex');
    await expect.poll(() => get('button', 'Write only').isEnabled()).toBe(true);
    await get('button', 'Write only').click();
    await window.page.getByText('Codex is set up').waitFor();
    const { keys } = await server.api<{ keys: { key: string; label: string }[] }>('GET', '/client-keys');
    expect(keys[1]?.label).toBe('Codex');
    expect(readFileSync(codex, 'utf8')).toContain(keys[1]?.key);

    // Looking at it again changes nothing: the key and the model stay those it was given.
    await window.go('tools/codex');
    await expect.poll(() => get('combobox', 'Client key').inputValue()).toBe('Codex');
    await dialog().getByText('Nothing to write').waitFor();

    await window.go('tools/codex/restore');
    await dialog().locator('.minus', { hasText: 'model_providers' }).waitFor();
    await get('checkbox', 'Keep our provider in the file').check();
    await dialog().locator('.minus', { hasText: 'model_providers' }).waitFor({ state: 'detached' });
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await window.page.getByText('Codex is back as it was').waitFor();
    expect(readFileSync(codex, 'utf8')).toMatch(/model_providers/);
    expect(readFileSync(codex, 'utf8')).not.toMatch(/^model_provider =/m);
  });

  test('a file that changed meanwhile is shown again, not overwritten', async () => {
    const { window, get } = visit;
    write(before);
    await window.go('tools/claude-code');
    await dialog().getByText('ANTHROPIC_BASE_URL').waitFor();
    const edited = before.replace('dark', 'light');
    write(edited);
    await get('button', 'Write only').click();
    await dialog().getByText('The file has changed in the meantime.').waitFor();
    expect(text()).toBe(edited);
    await expect.poll(() => get('button', 'Write only').isEnabled()).toBe(true);
    await get('button', 'Write only').click();
    await window.page.getByText('Claude Code is set up').waitFor();
    expect(JSON.parse(text())).toMatchObject({ theme: 'light', env: { ANTHROPIC_AUTH_TOKEN: key } });
  });

  test('a set-up whose request is not answered is put back', async () => {
    const { window, get, server } = visit;
    write(before);
    await server.api('PUT', '/openai-compatibility', []);
    await window.go('tools/claude-code');
    await dialog().getByText('The gateway has no models yet.').waitFor();
    await server.api('PUT', '/openai-compatibility', [
      {
        name: 'away',
        'base-url': 'http://127.0.0.1:9/v1',
        'api-key-entries': [{ 'api-key': 'sk-away-000000' }],
        models: [{ name: 'coder' }],
      },
    ]);
    await window.go('tools');
    await window.go('tools/claude-code');
    await dialog().getByText('ANTHROPIC_BASE_URL').waitFor();
    await get('button', 'Write and verify').click();
    await dialog().getByText('The file has been put back.').waitFor();
    expect(text()).toBe(before);
  });

  test('what somebody else changed is told in the list and in the sidebar, and kept until it is said otherwise', async () => {
    const { window, get } = visit;
    write(before);
    await visit.server.api('POST', '/agents/apply', { id: 'claude-code' });
    const address = visit.server.address;
    write(text().replace(`"ANTHROPIC_BASE_URL": "${address}"`, '"ANTHROPIC_BASE_URL": "http://127.0.0.1:1"'));
    await window.go('tools');
    await window.page.getByText('Changed since', { exact: true }).waitFor();
    await get('link', 'Tools, 1 item needs attention').waitFor();
    await get('link', 'Set up Claude Code').click();
    await dialog().getByText('Something else has changed these since').waitFor();
    expect(await get('button', 'Write only').isEnabled()).toBe(false);
    await dialog().getByRole('checkbox', { name: 'Overwrite them' }).check();
    await get('button', 'Write only').click();
    await window.page.getByText('Claude Code is set up').waitFor();
    expect(text()).toContain(address);
  });

  test('a file that its tool cannot read is refused in words, and left alone', async () => {
    const { window } = visit;
    write('{ "theme": "dark", // mine\n}');
    await window.go('tools');
    await window.page.getByText('File cannot be read').waitFor();
    await window.go('tools/claude-code');
    await dialog().getByText('The changes cannot be shown').waitFor();
    expect(text()).toContain('// mine');
    expect(existsSync(`${file()}.tmp`)).toBe(false);
  });
});

beforeAll(() => {
  // The variables of whoever runs the tests are not those of the tool.
  delete process.env.ANTHROPIC_API_KEY;
  delete process.env.CLAUDE_CONFIG_DIR;
});
