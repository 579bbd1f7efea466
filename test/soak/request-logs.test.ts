// Request logs of the built gateway, written as fast as requests can be answered.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatRequest, startGateway, startUpstream } from '../../scripts/bench/gateway/subjects.ts';
import { saturate } from '../../scripts/bench/http-load.ts';
import { residentMb, type Subject } from '../../scripts/bench/processes.ts';
import { eventually } from '../gateway/support/gateway-world.ts';
import { scale } from './scale.ts';

let upstream: Subject;
let gateway: Subject;

beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream, 'request-log: true\nlogs-max-total-size-mb: 2\n');
});
afterAll(() => Promise.all([gateway.stop(), upstream.stop()]));

const ask = (count: number) =>
  saturate({ port: gateway.port, bytes: chatRequest('fast'), connections: 64, until: (requests) => requests >= count });

/** Files that vanish meanwhile have no size. */
function logsMb(): number {
  const folder = path.join(gateway.folder, 'logs');
  const sizes = readdirSync(folder).map(
    (name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1024 / 1024;
}

test('however many there are, they stay within their limit and cost no more memory', { timeout: 300_000 }, async () => {
  await ask(120_000 * scale);
  const resident = residentMb(gateway.pid);
  console.log(`${120_000 * scale} request logs: ${resident.toFixed(0)} MB`);
  // About 380 from the first ten thousand on; were they kept, there would be 1,000 and more.
  expect(resident).toBeLessThan(500);
  await eventually(() => logsMb() <= 2);
  expect(logsMb()).toBeGreaterThan(1);
});
