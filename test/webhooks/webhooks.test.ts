// Delivery of notices: again until they arrive, also after a restart, and to nobody who is not allowed.
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import type { WaitingDelivery, WebhookQueue } from '../../src-main/storage/webhook-queue.ts';
import { type Notice, Notices } from '../../src-main/webhooks/notices.ts';
import { Webhooks } from '../../src-main/webhooks/webhooks.ts';
import { type Config, configSchema } from '../../src-shared/config.ts';
import { eventually } from '../gateway/support/gateway-world.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** What outlives a program: deliveries that wait, and names that were told. */
class MemoryQueue implements WebhookQueue {
  readonly waiting = new Map<string, WaitingDelivery>();
  readonly #told = new Set<string>();

  load = async () => [...this.waiting.values()];
  lease = async () => true;
  save = async (deliveries: readonly WaitingDelivery[]) => {
    for (const delivery of deliveries) this.waiting.set(delivery.id, delivery);
  };
  remove = async (ids: readonly string[]) => {
    for (const id of ids) this.waiting.delete(id);
  };
  firstTime = async (name: string) => {
    const isFirst = !this.#told.has(name);
    this.#told.add(name);
    return isFirst;
  };
}

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

const secret = `whsec_${Buffer.from('a signing key').toString('base64')}`;
const url = 'https://hooks.example.com/x';
const notice: Notice = { type: 'limit-reached', created_at: '2026-11-30T12:00:00.000Z', data: { account: 'a' } };

/** `answers`: the status of each attempt, the last one for all others; undefined: no response. */
function world(answers: readonly (number | undefined)[], webhooks: Config['webhooks'], queue = new MemoryQueue()) {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const hooks = new Webhooks({
    config: () => configSchema.parse({ webhooks }),
    queue,
    digest: (text) => `digest of ${text}`,
    send: async (to, headers, body) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push({ url: to, headers, body, at: clock.now() });
      if (answer === undefined) throw new Error('no response');
      return answer;
    },
    clock,
    log: createLogger(() => {}, 'test'),
    random: () => 0.5,
  });
  return { clock, sent, hooks, queue };
}

test('what arrives is sent once, signed, and forgotten', async () => {
  const { sent, hooks, queue } = world([204], [{ url, secret }]);
  hooks.tell(notice);
  await eventually(() => sent.length === 1 && queue.waiting.size === 0);
  const [{ headers = {}, body = '' } = {}] = sent;
  expect(JSON.parse(body)).toEqual(notice);
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const mac = createHmac('sha256', 'a signing key').update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${mac}`);
  expect(hooks.counts).toEqual({ delivered: 1, failed: 0, dropped: 0 });
  await hooks.close();
});

test('what does not arrive is tried after 1, 2 and 4 seconds, a redirect like an error, under the same id', async () => {
  const { clock, sent, hooks } = world([302, 500, undefined, 200], [{ url }]);
  const began = clock.now();
  hooks.tell(notice);
  for (const count of [1, 2, 3, 4]) {
    await eventually(() => sent.length === count);
    await eventually(() => hooks.counts.failed + hooks.counts.delivered === count);
    clock.advance(1000 * 2 ** (count - 1));
  }
  expect(sent.map(({ at }) => (at - began) / 1000)).toEqual([0, 1, 3, 7]);
  expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(sent.every(({ headers }) => !('webhook-signature' in headers))).toBe(true);
  expect(hooks.counts).toMatchObject({ delivered: 1, failed: 3 });
  await hooks.close();
});

test('410 is the last attempt, and after a day the program gives up', async () => {
  const gone = world([410], [{ url }]);
  gone.hooks.tell(notice);
  await eventually(() => gone.sent.length === 1 && gone.queue.waiting.size === 0);
  await gone.hooks.close();

  const { clock, sent, hooks, queue } = world([500], [{ url }]);
  hooks.tell(notice);
  await eventually(() => hooks.counts.failed === 1);
  clock.jump(25 * 3_600_000);
  clock.advance(2_000);
  await eventually(() => queue.waiting.size === 0);
  expect(sent).toHaveLength(1);
  expect(hooks.counts.dropped).toBe(1);
  await hooks.close();
});

test('what waits is delivered by the next program, once', async () => {
  const first = world([500], [{ url }]);
  first.hooks.tell(notice);
  await eventually(() => first.hooks.counts.failed === 1 && first.queue.waiting.size === 1);
  await first.hooks.close();
  const second = world([200], [{ url }], first.queue);
  second.clock.jump(60_000);
  second.clock.advance(2_000);
  await eventually(() => second.sent.length === 1 && first.queue.waiting.size === 0);
  expect(second.sent[0]?.headers['webhook-id']).toBe(first.sent[0]?.headers['webhook-id']);
  second.clock.advance(60_000);
  expect(second.sent).toHaveLength(1);
  await second.hooks.close();
});

test('only what a webhook wants is sent to it, and nothing in clear to another machine', async () => {
  const { sent, hooks } = world(
    [200],
    [
      { url: 'https://a.example.com/', events: ['limit-reached'] },
      { url: 'https://b.example.com/', events: ['update'] },
      { url: 'http://192.0.2.1/' },
      { url: 'http://127.0.0.1:9/' },
    ],
  );
  hooks.tell(notice);
  await eventually(() => sent.length === 2);
  expect(sent.map((one) => one.url).sort()).toEqual(['http://127.0.0.1:9/', 'https://a.example.com/']);
  await hooks.close();
});

test('of more than 1,000 waiting for one webhook the oldest are given up', async () => {
  const { hooks } = world([500], [{ url }]);
  for (let n = 0; n < 1_005; n++) hooks.tell({ ...notice, data: { n } });
  expect(hooks.counts.dropped).toBe(5);
  await hooks.close();
});

test('a name is told once, also by a program that starts later', async () => {
  const queue = new MemoryQueue();
  const told: string[] = [];
  for (const version of ['1', '1', '2']) {
    const notices = new Notices(new FakeClock(), queue, (error) => {
      throw error;
    });
    notices.on(({ data }) => told.push(JSON.stringify(data)));
    notices.tellOnce(`update ${version}`, 'update', { version });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(told).toEqual(['{"version":"1"}', '{"version":"2"}']);
});
