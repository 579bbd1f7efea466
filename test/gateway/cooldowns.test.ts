// Rests and their end by hand, on the whole program: management API, events and gateway.
import { expect, onTestFinished, test } from 'vitest';
import type { AppEvent } from '../../src-shared/events.ts';
import { startTestApp } from '../support/test-app.ts';
import { eventually, fails, inOrder, responses, startUpstream } from './support/gateway-world.ts';

async function world() {
  const upstream = await startUpstream(inOrder(fails(429, { 'retry-after': '600' }), responses));
  const test = await startTestApp({
    config: [
      'api-keys: [ck]',
      'openai-compatibility:',
      '  - name: relay',
      `    base-url: ${upstream.url}/v1`,
      '    api-key-entries: [{api-key: sk-relay-0000cccc}]',
      '    models: [{name: up, alias: m}]',
      '',
    ].join('\n'),
    // Qwen's accounts say themselves where they are served.
    accounts: {
      'qwen-a.json': JSON.stringify({
        type: 'qwen',
        email: 'a@example.com',
        access_token: 't',
        resource_url: upstream.url,
      }),
    },
  });
  onTestFinished(test.close);
  const events: AppEvent[] = [];
  test.app.onEvent((event) => events.push(event));
  return {
    ...test,
    upstream,
    events,
    ask: (model: string) =>
      fetch(`${test.address}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer ck', 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'U' }] }),
      }),
    read: async <T>(method: string, path: string) => (await (await test.call(method, path)).json()) as T,
  };
}

interface Files {
  readonly files: readonly [
    { readonly status: string; readonly unavailable: boolean; readonly next_retry_after: string },
  ];
}

test('an account that is cooling down is used again at once when a person says so', async () => {
  const { ask, read, upstream, events } = await world();
  expect((await ask('qwen3-coder-plus')).status).toBe(429);
  // During its cooldown it is not asked at all.
  expect((await ask('qwen3-coder-plus')).status).toBe(429);
  expect(upstream.calls).toHaveLength(1);
  const [cooling] = (await read<Files>('GET', '/auth-files')).files;
  expect(cooling).toMatchObject({ status: 'cooling', unavailable: true });
  const seconds = (Date.parse(cooling.next_retry_after) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(580);
  expect(seconds).toBeLessThanOrEqual(600);

  const seen = events.length;
  expect(await read('DELETE', '/cooldowns?id=qwen-a.json')).toEqual({ status: 'ok', ended: 1 });
  const ready = { status: 'ready', unavailable: false, status_message: '', next_retry_after: '' };
  expect((await read<Files>('GET', '/auth-files')).files[0]).toMatchObject(ready);
  // What was said of the cooldown itself may come as late.
  const said = () => events.slice(seen).find((event) => event.event === 'accounts' && event.actor.kind === 'http');
  await eventually(() => said() !== undefined);
  expect(said()).toMatchObject({ files: [ready] });
  expect((await ask('qwen3-coder-plus')).status).toBe(200);
  expect(upstream.calls).toHaveLength(2);
});

test('a key that is cooling down is listed without its key, published, and used again when all cooldowns are ended', async () => {
  const { ask, read, upstream, events } = await world();
  await ask('m');
  const { cooldowns } = await read<{ cooldowns: readonly Record<string, unknown>[] }>('GET', '/cooldowns');
  expect(cooldowns).toEqual([
    expect.objectContaining({ provider: 'relay', account: false, model: 'up', kind: 'hard', status: 429 }),
  ]);
  expect(JSON.stringify(cooldowns)).not.toContain('sk-relay-0000cccc');
  await eventually(() => events.some(({ event }) => event === 'cooldowns'));
  expect(events.find(({ event }) => event === 'cooldowns')).toMatchObject({ cooldowns });

  expect(await read('DELETE', '/cooldowns')).toEqual({ status: 'ok', ended: 1 });
  expect(await read('GET', '/cooldowns')).toEqual({ cooldowns: [] });
  expect((await ask('m')).status).toBe(200);
  expect(upstream.calls).toHaveLength(2);
});

test('an id that nothing has is rejected, and nothing is ended', async () => {
  const { ask, call, read, upstream } = await world();
  await ask('m');
  const response = await call('DELETE', '/cooldowns?id=none');
  expect([response.status, await response.json()]).toEqual([404, { error: 'item not found' }]);
  expect((await read<{ cooldowns: unknown[] }>('GET', '/cooldowns')).cooldowns).toHaveLength(1);
  expect(upstream.calls).toHaveLength(1);
});

test('a quota is reset by auth_index, and the models whose cooldown ended are named', async () => {
  const { ask, call, read, upstream } = await world();
  expect((await ask('qwen3-coder-plus')).status).toBe(429);
  const { files } = await read<{ files: readonly { readonly auth_index: string }[] }>('GET', '/auth-files');
  const auth_index = files[0]?.auth_index;
  const reset = await call('POST', '/reset-quota', { auth_index });
  expect(await reset.json()).toEqual({ status: 'ok', auth_index, models: ['qwen3-coder-plus'] });
  expect((await ask('qwen3-coder-plus')).status).toBe(200);
  expect(upstream.calls).toHaveLength(2);

  const again = await call('POST', '/reset-quota', { auth_index });
  expect(await again.json()).toEqual({ status: 'ok', auth_index, models: [] });
  const unknown = await call('POST', '/reset-quota', { auth_index: '0123456789abcdef' });
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'auth not found' }]);
  const unnamed = await call('POST', '/reset-quota', {});
  expect([unnamed.status, await unnamed.json()]).toEqual([400, { error: 'auth_index is required' }]);
  const number = await call('POST', '/reset-quota', { auth_index: 5 });
  expect([number.status, await number.json()]).toEqual([400, { error: 'invalid request body' }]);
});
