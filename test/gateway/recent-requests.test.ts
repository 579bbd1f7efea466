// Every request that a client made can be found again, with its cause, also when nobody was asked for it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RecentRequest } from '../../src-shared/contract/recent-requests.ts';
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import { startTestApp } from '../support/test-app.ts';
import { eventually, fails, responses, type Script, startUpstream } from './support/gateway-world.ts';

async function world(script: Script) {
  const upstream = await startUpstream(script);
  const test = await startTestApp({
    config: [
      'api-keys: [ck-laptop-000000]',
      'logging-to-file: true',
      'usage-statistics-enabled: true',
      'openai-compatibility:',
      '  - name: relay-a',
      `    base-url: ${upstream.url}/v1`,
      '    api-key-entries: [{api-key: sk-relay-0000cccc}]',
      '    models: [{name: up, alias: m}]',
      '',
    ].join('\n'),
  });
  onTestFinished(test.close);
  const events: AppEvent[] = [];
  test.app.onEvent((event) => events.push(event));
  const read = async <T>(path: string) => (await (await test.call('GET', path)).json()) as T;
  return {
    ...test,
    upstream,
    events,
    ask: async (model: string) => {
      const response = await fetch(`${test.address}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer ck-laptop-000000', 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'U' }] }),
      });
      await response.text();
      return response.status;
    },
    recent: async () => (await read<{ requests: readonly RecentRequest[] }>('/recent-requests')).requests,
    hours: async () => (await read<{ hours: readonly UsageHour[] }>('/usage-history')).hours,
    lines: async () => (await read<{ lines: readonly string[] }>('/logs')).lines,
  };
}

test('five requests to a key that is rejected are five failures with the cause, though it is asked once', async () => {
  const { ask, recent, hours, upstream, events } = await world(fails(401));
  for (let count = 0; count < 5; count += 1) expect(await ask('m')).toBe(503);
  expect(upstream.calls).toHaveLength(1);
  const list = await recent();
  expect(list).toHaveLength(5);
  for (const request of list) {
    expect(request).toMatchObject({
      outcome: 'upstream',
      status: 401,
      model: 'm',
      api: 'ck-laptop-000000',
      provider: 'relay-a',
    });
    expect(request.by).toBe('relay-a sk-r...cccc');
    expect(request.cause).not.toContain('sk-relay-0000cccc');
  }
  expect(list.at(-1)).toMatchObject({ status: 401, cause: 'fault 401' });
  expect(list[0]?.cause).toContain('the service refuses their keys (401)');
  expect((await hours()).reduce((sum, { failed }) => sum + failed, 0)).toBe(5);
  await eventually(() => events.some((event) => event.event === 'recent-requests' && event.requests.length === 5));
});

test('an unknown model is found in the log with its reason, in the failed requests and in usage', async () => {
  const { ask, recent, hours, lines, folder } = await world(responses);
  expect(await ask('nope\n[forged]')).toBe(404);
  expect((await recent())[0]).toMatchObject({ outcome: 'client', status: 404, model: 'nope\n[forged]', by: '' });
  expect(await hours()).toMatchObject([{ model: 'nope\n[forged]', requests: 1, failed: 1 }]);
  await expect.poll(async () => (await lines()).join('\n')).toContain('No key or account here offers');
  const line = (await lines()).find((each) => each.includes('[GIN]') && each.includes('/v1/chat/completions'));
  expect(line).toMatch(
    /404 .*"\/v1\/chat\/completions" \| request_id=[0-9a-f]{8} \| nope \[forged\]: No key or account here offers the model/,
  );
  const logs = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /error-v1-.*\.log$/.test(name));
  await eventually(() => logs().length === 1);
  expect(readFileSync(path.join(folder, logs()[0] ?? ''), 'utf8')).toContain('No key or account here offers');
});

test('a request that was answered names its model and who answered in the log', async () => {
  const { ask, recent, lines } = await world(responses);
  expect(await ask('m')).toBe(200);
  expect((await recent())[0]).toMatchObject({ outcome: 'answered', cause: '', by: 'relay-a sk-r...cccc', status: 200 });
  await expect.poll(async () => (await lines()).join('\n')).toContain('| m by relay-a sk-r...cccc');
});
