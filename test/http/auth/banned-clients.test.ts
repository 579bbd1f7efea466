// Clients banned for wrong keys, in the whole program: listed, published, and unbanned.
import { expect, onTestFinished, test } from 'vitest';
import type { AppEvent } from '../../../src-shared/events.ts';
import { eventually } from '../../gateway/support/gateway-world.ts';
import { startTestApp } from '../../support/test-app.ts';

const remote = { 'x-forwarded-for': '203.0.113.7' };

test('a banned client cannot lift its own ban; whoever holds the key can', async () => {
  const { app, send, call, close } = await startTestApp({ config: '  allow-remote: true\n' });
  onTestFinished(close);
  const events: AppEvent[] = [];
  app.onEvent((event) => events.push(event));
  const knock = (key: string, method = 'GET', target = '/debug') =>
    send(method, target, undefined, { ...remote, 'x-management-key': key, 'user-agent': 'scanner/1.0' });
  for (let tries = 0; tries < 5; tries++) expect((await knock('wrong')).status).toBe(401);
  expect((await knock('mgmt-secret', 'DELETE', '/refused-clients?address=203.0.113.7')).status).toBe(403);

  const list = async () => ((await (await call('GET', '/refused-clients')).json()) as { clients: unknown[] }).clients;
  const client = { address: '203.0.113.7', local: false, agent: 'scanner/1.0', failures: 5, reason: 'wrong' };
  expect(await list()).toEqual([expect.objectContaining(client)]);
  await eventually(() => events.some(({ event }) => event === 'banned-clients'));
  expect(events.find(({ event }) => event === 'banned-clients')).toMatchObject({ clients: [client] });

  const unbanned = await call('DELETE', '/refused-clients?address=203.0.113.7');
  expect(await unbanned.json()).toEqual({ status: 'ok' });
  expect(await list()).toEqual([]);
  expect((await knock('mgmt-secret')).status).toBe(200);
  expect((await call('DELETE', '/refused-clients?address=203.0.113.7')).status).toBe(404);
});
