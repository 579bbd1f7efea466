// Streams in the way in which the clients of each format read them: silence, broken upstreams, early counts.
import { GoogleGenAI } from '@google/genai';
import { describe, expect, test } from 'vitest';
import { gatewayWorld, provider, type Script, startUpstream } from './support/gateway-world.ts';

const geminiChunk = (text: string, more: object = {}) =>
  `data: ${JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }], ...more })}\n\n`;
const chatChunk = (content: string, more: object = {}) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })}\n\n`;

/** Sends this and then keeps silent, ends, or breaks the connection. */
const begins =
  (text: string, then: 'silent' | 'ends' | 'breaks'): Script =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text, () => {
      if (then === 'ends') response.end();
      if (then === 'breaks') setTimeout(() => response.destroy(), 20);
    });
  };

const geminiWorld = (url: string) =>
  gatewayWorld({ 'gemini-api-key': [{ 'api-key': 'k', 'base-url': url, models: [{ name: 'up', alias: 'm' }] }] });
const contents = [{ role: 'user', parts: [{ text: 'U' }] }];
const geminiPath = '/v1beta/models/m:streamGenerateContent?alt=sse';
const user = { role: 'user', content: 'U' };

/** Reads to the end or to the break of the connection. */
async function readAll(response: Response): Promise<{ text: string; broken: boolean }> {
  let text = '';
  try {
    for await (const bytes of response.body!) text += Buffer.from(bytes).toString();
    return { text, broken: false };
  } catch {
    return { text, broken: true };
  }
}

describe('a Gemini stream', () => {
  test.each([
    ['passed on', async () => geminiWorld((await startUpstream(begins(geminiChunk('a'), 'silent'))).url)],
    [
      'translated',
      async () => gatewayWorld(provider((await startUpstream(begins(chatChunk('a'), 'silent'))).url, ['a'])),
    ],
  ])('%s gets a chunk of its own when it is silent: Google’s SDKs stop reading at a comment', async (_, make) => {
    const world = await make();
    const reader = (await world.ask(geminiPath, { contents })).body!.getReader();
    await reader.read();
    world.clock.advance(15_000);
    const sign = Buffer.from((await reader.read()).value!).toString();
    expect(JSON.parse(sign.replace(/^data: /, ''))).toEqual({ candidates: [], modelVersion: 'm' });
  });

  test('whose upstream breaks the connection has the error, and is broken off', async () => {
    const world = await geminiWorld((await startUpstream(begins(geminiChunk('Half'), 'breaks'))).url);
    const { text, broken } = await readAll(await world.ask(geminiPath, { contents }));
    expect(broken).toBe(true);
    expect(text).toMatch(/Half.*"error":\{"code":502/s);
  });

  test.each([
    ['ends too early', geminiChunk('Half'), 'ends' as const, geminiWorld],
    [
      'reports an error',
      `${geminiChunk('Half')}data: {"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}\n\n`,
      'silent' as const,
      geminiWorld,
    ],
    [
      'speaks another format and breaks off',
      chatChunk('Half'),
      'breaks' as const,
      (url: string) => gatewayWorld(provider(url, ['a'])),
    ],
    [
      'speaks another format and ends too early',
      chatChunk('Half'),
      'ends' as const,
      (url: string) => gatewayWorld(provider(url, ['a'])),
    ],
  ])('whose upstream %s makes Google’s SDK throw', async (_, text, then, make) => {
    const world = await make((await startUpstream(begins(text, then))).url);
    const client = new GoogleGenAI({ apiKey: 'ck', httpOptions: { baseUrl: world.url } });
    const read = async () => {
      let said = '';
      for await (const part of await client.models.generateContentStream({ model: 'm', contents })) said += part.text;
      return said;
    };
    await expect(read()).rejects.toThrow();
  });
});

test.each(['breaks', 'ends'] as const)(
  'a chat stream whose upstream %s ends with the code of a broken connection, at which clients ask again',
  async (then) => {
    const world = await gatewayWorld(provider((await startUpstream(begins(chatChunk('Half'), then))).url, ['a']));
    const text = await (await world.chat({ stream: true })).text();
    const last = JSON.parse(text.trim().split('\n\n').at(-1)!.replace('data: ', ''));
    expect(last.error.code).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)$/);
  },
);

test('message_start has an estimate of the input, and message_delta the count of the upstream', async () => {
  const usage = { usage: { prompt_tokens: 1200, completion_tokens: 3, total_tokens: 1203 }, choices: [] };
  const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  const upstream = await startUpstream(
    begins(`${chatChunk('ok')}${chatChunk('', end)}${chatChunk('', usage)}data: [DONE]\n\n`, 'ends'),
  );
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const ask = { model: 'm', max_tokens: 9, stream: true, messages: [{ ...user, content: 'word '.repeat(800) }] };
  const text = await (await world.ask('/v1/messages', ask)).text();
  const events = text
    .split('\n\n')
    .flatMap((frame) => /data: (.*)/.exec(frame)?.[1] ?? [])
    .map((data) => JSON.parse(data));
  expect(events.find(({ type }) => type === 'message_start').message.usage.input_tokens).toBeGreaterThan(900);
  expect(events.find(({ type }) => type === 'message_delta').usage.input_tokens).toBe(1200);
});
