import { once } from 'node:events';
import http, { type RequestListener, type ServerResponse } from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { Listener } from '../../../src-main/http/server/listener.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { send } from '../../support/http-client.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

function open(handler: RequestListener = (_, response) => response.end('here'), clock?: FakeClock) {
  const listener = new Listener({
    handler,
    onError: (error) => expect.unreachable(error.message),
    ...(clock ? { clock } : {}),
  });
  onTestFinished(() => listener.close({ graceMs: 0 }));
  return listener;
}

/** A program that holds a port. */
async function occupy(host: string, port = 0): Promise<number> {
  const server = net.createServer().listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

const text = async (host: string, port: number) => (await send(`http://${host}:${port}/`)).text;
const refused = { code: 'ECONNREFUSED' };

test.each(['127.0.0.1', 'localhost'])('host "%s" is this machine under both its addresses', async (host) => {
  const listener = open();
  const { port } = await listener.moveTo(host, 0);
  expect(port).toBeGreaterThan(0);
  expect(listener.address).toEqual({ host, port });
  expect(await text('127.0.0.1', port)).toBe('here');
  if (hasIpv6) expect(await text('[::1]', port)).toBe('here');
  expect(listener.isLoopbackOnly).toBe(true);
});

test.each(['0.0.0.0', ''])('host "%s" for the whole network is known as such', async (host) => {
  const listener = open();
  const { port } = await listener.moveTo(host, 0);
  expect(await text('127.0.0.1', port)).toBe('here');
  expect(listener.isLoopbackOnly).toBe(false);
});

test('a busy port is named in a sentence', async () => {
  const port = await occupy('127.0.0.1');
  await expect(open().moveTo('127.0.0.1', port)).rejects.toMatchObject({
    code: 'address_unavailable',
    message: `Port ${port} on 127.0.0.1 is taken by another program. End that program, or set another port in the config.`,
  });
});

test.runIf(hasIpv6)('a port busy on ::1 only is busy too, and 127.0.0.1 is let go', async () => {
  const port = await occupy('::1');
  const listener = open();
  await expect(listener.moveTo('127.0.0.1', port)).rejects.toThrow(`Port ${port} on ::1 is taken`);
  await expect(text('127.0.0.1', port)).rejects.toMatchObject(refused);
  expect(listener.address).toBeUndefined();
});

test('an address of another machine is named in a sentence', async () => {
  await expect(open().moveTo('203.0.113.9', 0)).rejects.toThrow('This machine has no address 203.0.113.9');
});

test('a move to another port answers there and no longer here', async () => {
  const listener = open();
  const { port: before } = await listener.moveTo('127.0.0.1', 0);
  const { port: after } = await listener.moveTo('127.0.0.1', 0);
  expect(after).not.toBe(before);
  expect(await text('127.0.0.1', after)).toBe('here');
  await expect(text('127.0.0.1', before)).rejects.toMatchObject(refused);
});

test('a move that is impossible changes nothing', async () => {
  const listener = open();
  const { port } = await listener.moveTo('127.0.0.1', 0);
  const busy = await occupy('127.0.0.1');
  await expect(listener.moveTo('127.0.0.1', busy)).rejects.toThrow(`Port ${busy}`);
  await expect(listener.moveTo('203.0.113.9', port)).rejects.toThrow('no address');
  expect(listener.address).toEqual({ host: '127.0.0.1', port });
  expect(await text('127.0.0.1', port)).toBe('here');
});

test('a move between this machine and the whole network keeps the port', async () => {
  const listener = open();
  const { port } = await listener.moveTo('127.0.0.1', 0);
  for (const host of ['0.0.0.0', '127.0.0.1', '::1', 'localhost']) {
    if (host === '::1' && !hasIpv6) continue;
    expect(await listener.moveTo(host, port)).toEqual({ host, port });
    expect(await text(host === '::1' ? '[::1]' : '127.0.0.1', port)).toBe('here');
    expect(listener.isLoopbackOnly).toBe(host !== '0.0.0.0');
  }
});

test('a move to the whole network that another program prevents leaves everything as it was', async () => {
  const listener = open();
  const { port } = await listener.moveTo('127.0.0.1', 0);
  await occupy('127.0.0.2', port);
  await expect(listener.moveTo('0.0.0.0', port)).rejects.toThrow(`Port ${port}`);
  expect(await text('127.0.0.1', port)).toBe('here');
  if (hasIpv6) expect(await text('[::1]', port)).toBe('here');
  expect(listener.isLoopbackOnly).toBe(true);
});

test('moves asked for at the same time happen one after another', async () => {
  const listener = open();
  const moves = await Promise.all([1, 2, 3].map(() => listener.moveTo('127.0.0.1', 0)));
  expect(listener.address).toEqual(moves[2]);
  for (const { port } of moves.slice(0, 2)) await expect(text('127.0.0.1', port)).rejects.toMatchObject(refused);
  expect(await text('127.0.0.1', moves[2]?.port ?? 0)).toBe('here');
});

/** A server whose one answer a test finishes by hand, and a client that has read its beginning. */
async function openWithRunningAnswer(clock?: FakeClock) {
  const responses: ServerResponse[] = [];
  const listener = open((_, response) => {
    responses.push(response);
    response.write('begun ');
  }, clock);
  const { port } = await listener.moveTo('127.0.0.1', 0);
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const request = http.get({ host: '127.0.0.1', port, agent });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  await once(response, 'readable');
  const rest = () => response.setEncoding('utf8').toArray();
  return { listener, port, rest, finish: () => responses[0]?.end('and done'), request };
}

test('a running request outlives a move, its connection does not', async () => {
  const { listener, rest, finish, request } = await openWithRunningAnswer();
  await listener.moveTo('127.0.0.1', 0);
  const closed = once(request.socket!, 'close');
  finish();
  expect((await rest()).join('')).toBe('begun and done');
  await closed;
});

test('closing lets running requests finish and takes no others', async () => {
  const { listener, port, rest, finish } = await openWithRunningAnswer(new FakeClock());
  const closed = listener.close({ graceMs: 1000 });
  await expect(text('127.0.0.1', port)).rejects.toMatchObject(refused);
  finish();
  expect((await rest()).join('')).toBe('begun and done');
  await closed;
});

test('closing cuts off what still runs after the time of grace', async () => {
  const clock = new FakeClock();
  const { listener, rest } = await openWithRunningAnswer(clock);
  const answer = expect(rest()).rejects.toMatchObject({ code: 'ECONNRESET' });
  const closed = listener.close({ graceMs: 1000 });
  await Promise.resolve();
  await new Promise(setImmediate);
  clock.advance(1000);
  await closed;
  await answer;
});

test('closing ends idle connections at once', async () => {
  const listener = open();
  const { port } = await listener.moveTo('127.0.0.1', 0);
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  await send(`http://127.0.0.1:${port}/`, {}, agent);
  const silent = net.connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const gone = once(silent, 'close');
  await listener.close({ graceMs: 60_000 });
  await gone;
});
