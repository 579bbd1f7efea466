// Buffers are used again while answers pass through: what each client gets must be its own all the same.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { release } from '../../src-main/gateway/bytes/buffer-pool.ts';
import { formats } from '../../src-main/gateway/formats/formats.ts';
import { JsonList } from '../../src-main/gateway/formats/gemini/json-list.ts';
import type { ResponseRelay } from '../../src-main/gateway/formats/response-relay.ts';
import { PassthroughStream } from '../../src-main/gateway/passthrough/passthrough-stream.ts';
import { TranslateStream } from '../../src-main/gateway/request/translation/translate.ts';
import { UpstreamBody } from '../../src-main/gateway/upstream/upstream-body.ts';
import { makeAuthority } from '../conformance/oauth/authority.mjs';
import { gatewayWorld, provider } from './support/gateway-world.ts';
import { side, translation } from './support/translations.ts';

/** More than the system takes in on the way to a client that does not read. */
const wholeBytes = 12 * 1024 * 1024;

/** The events of one response, of all sizes, none like those of another. Ends with the size and digest of its text. */
async function pour(response: ServerResponse, name: string): Promise<void> {
  const digest = createHash('sha256');
  const event = (content: string, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: name, object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const closed = once(response, 'close');
  for (let [sent, number] = [0, 0]; sent < wholeBytes && !response.destroyed; number++) {
    const size = number % 50 === 0 ? 90_000 : number % 3 === 0 ? 9_000 : 40 * (number % 17);
    const text = event(`${name}.${number} `.repeat(1 + size / 10));
    sent += text.length;
    digest.update(text);
    if (!response.write(text)) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end(`${event('', 'stop')}: ${digest.digest('hex')}\n\ndata: [DONE]\n\n`);
}

async function startUpstream(secure: boolean): Promise<string> {
  const response = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await pour(response, JSON.parse(Buffer.concat(chunks).toString()).messages[0].content);
  };
  const { ca, cert, key } = makeAuthority('reused buffers', ['localhost']);
  if (secure) tls.setDefaultCACertificates([...tls.getCACertificates('default'), ca]);
  const server = secure ? https.createServer({ cert, key }, response) : http.createServer(response);
  await once(server.listen(0, 'localhost'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${secure ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`;
}

/** The response without its last two events, and the digest that the upstream told. */
async function readWhole(response: IncomingMessage) {
  const digest = createHash('sha256');
  let held = '';
  for await (const chunk of response) {
    held += (chunk as Buffer).toString('latin1');
    digest.update(held.slice(0, -600), 'latin1');
    held = held.slice(-600);
  }
  const last = held.lastIndexOf('data: {');
  digest.update(held.slice(0, last), 'latin1');
  return { digest: digest.digest('hex'), told: /^: (\w+)$/m.exec(held)?.[1] };
}

test.each([
  ['http', false],
  ['https', true],
])('answers over %s at the same time reach readers soon, late and never, each its own', async (_, secure) => {
  const world = await gatewayWorld(provider(await startUpstream(secure), ['a']));
  const agent = new http.Agent();
  onTestFinished(() => agent.destroy());
  const ask = async (name: string) => {
    const request = http.request(`${world.url}/v1/chat/completions`, {
      method: 'POST',
      agent,
      headers: { authorization: 'Bearer ck', 'content-type': 'application/json' },
    });
    const messages = [{ role: 'user', content: name }];
    request.end(JSON.stringify({ model: 'm', stream: true, messages }));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };
  const late = await Promise.all(['late-1', 'late-2', 'late-3', 'late-4'].map(ask));
  const leaving = await Promise.all(['leaving-1', 'leaving-2'].map(ask));
  const soon = await Promise.all(['soon-1', 'soon-2', 'soon-3', 'soon-4'].map(ask));
  for (const response of leaving) {
    await once(response, 'readable');
    response.destroy();
  }
  const responses = [...(await Promise.all(soon.map(readWhole))), ...(await Promise.all(late.map(readWhole)))];
  for (const { digest, told } of responses) expect(digest).toBe(told);
});

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20_000 }), { maxLength: 30 });

test('a body gives the bytes that came, however they are pulled, released and followed by others', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.array(fc.boolean(), { minLength: 1 }), async (given, turns) => {
      const body = new UpstreamBody({ pause: () => {}, resume: () => {}, abort: () => {} });
      const got: Buffer[] = [];
      const pull = async () => {
        const chunk = await body.next();
        if (chunk === undefined) return false;
        got.push(Buffer.from(chunk));
        release(chunk);
        return true;
      };
      for (const [index, chunk] of given.entries()) {
        const bytes = Buffer.from(chunk);
        body.push(bytes);
        bytes.fill(0);
        if (turns[index % turns.length]) await pull();
      }
      body.finish();
      while (await pull());
      expect(Buffer.concat(got).equals(Buffer.concat(given))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

describe('what a relay gives and keeps does not change with the chunk it came in', () => {
  const event = (data: object) => `data: ${JSON.stringify(data)}\r\n\r\n`;
  const chat = (content: string, finish: string | null = null) =>
    event({
      id: 'c',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { content }, finish_reason: finish }],
    });
  const gemini = (text: string, finishReason?: string) =>
    event({
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...(finishReason && { finishReason }) }],
      usageMetadata: { promptTokenCount: 7, candidatesTokenCount: text.length },
    });
  const texts = ['日本 🙂', 'x'.repeat(5_000), 'a', 'y'.repeat(40_000), ''];
  const chatStream = `${texts.map((text) => chat(text)).join('')}${chat('', 'stop')}data: [DONE]\n\n`;
  const geminiStream = `${texts.map((text) => gemini(text)).join('')}${gemini('', 'STOP')}`;
  const passing = (name: 'chat' | 'gemini') =>
    new PassthroughStream({ client: formats[name], upstream: formats[name], model: 'm', hidesUsage: false });
  const relays: readonly [string, () => ResponseRelay, string][] = [
    ['that passes events on', () => passing('chat'), chatStream],
    ['that passes events on and reads usage', () => passing('gemini'), geminiStream],
    ['that passes an error on', () => passing('chat'), `${chat('a')}${event({ error: { message: 'broken' } })}`],
    ['that makes a list of them', () => new JsonList(passing('gemini')), geminiStream],
    [
      'that translates',
      () =>
        new TranslateStream({
          client: formats.messages,
          translation: translation(side('messages', 'chat'), {
            model: 'm',
            max_tokens: 9,
            stream: true,
            messages: [{ role: 'user', content: 'U' }],
          }),
          model: 'm',
          toStream: true,
        }),
      chatStream,
    ],
  ];

  const forward = (relay: ResponseRelay, bytes: Buffer, sizes: readonly number[], isReused: boolean) => {
    const out: Buffer[] = [];
    const chunk = Buffer.alloc(60_000);
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = bytes.copy(chunk, 0, at, at + (sizes[turn % sizes.length] as number));
      const { bytes: given } = relay.push(isReused ? chunk.subarray(0, size) : bytes.subarray(at, at + size));
      out.push(given);
      chunk.fill(0x21);
      at += size;
    }
    out.push(relay.end().bytes);
    return { text: Buffer.concat(out).toString(), usage: relay.usage };
  };

  test.each(relays)('%s', (_, relay, stream) => {
    const bytes = Buffer.from(stream);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const made = relay();
        expect(made.copies).toBe(true);
        expect(forward(made, bytes, sizes, true)).toEqual(forward(relay(), bytes, sizes, false));
      }),
      { numRuns: 40 },
    );
  });
});
