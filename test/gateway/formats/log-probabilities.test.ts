// Log probabilities between the formats that have them, and a word about them where one has not.
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { objectOf, objectsOf } from '../../../src-main/gateway/model/json.ts';
import { modelFacts } from '../../../src-main/models/model-facts.ts';
import { type ClientForm, crossPairs, framesOf, side, target, translation } from '../support/translations.ts';

const ask: Readonly<Record<ClientForm, object>> = {
  chat: { model: 'm', messages: [{ role: 'user', content: 'Hi' }], logprobs: true, top_logprobs: 2 },
  responses: { model: 'm', input: 'Hi', include: ['message.output_text.logprobs'], top_logprobs: 2 },
  messages: { model: 'm', max_tokens: 99, messages: [{ role: 'user', content: 'Hi' }] },
  gemini: {
    contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
    generationConfig: { responseLogprobs: true, logprobs: 2 },
  },
};

const asked: Readonly<Record<Exclude<ClientForm, 'messages'>, object>> = {
  chat: { logprobs: true, top_logprobs: 2 },
  responses: { include: expect.arrayContaining(['message.output_text.logprobs']), top_logprobs: 2 },
  gemini: { generationConfig: { responseLogprobs: true, logprobs: 2 } },
};

const openai = ([token, logprob, other]: readonly [string, number, string]) => ({
  token,
  logprob,
  bytes: [...Buffer.from(token)],
  top_logprobs: [
    { token, logprob, bytes: [...Buffer.from(token)] },
    { token: other, logprob: -3, bytes: [...Buffer.from(other)] },
  ],
});
const google = (tokens: readonly (readonly [string, number, string])[]) => ({
  chosenCandidates: tokens.map(([token, logProbability]) => ({ token, logProbability })),
  topCandidates: tokens.map(([token, logProbability, other]) => ({
    candidates: [
      { token, logProbability },
      { token: other, logProbability: -3 },
    ],
  })),
});
const tokens = [
  ['Hé', -0.1, 'Yo'],
  ['llo', -0.2, 'y'],
] as const;
const [first, second] = tokens;

/** A stream of each service: two tokens, one to a chunk. */
const streams = {
  chat: tokens.map((token, at) => ({
    id: 'c',
    choices: [
      {
        index: 0,
        delta: { content: token[0] },
        logprobs: { content: [openai(token)], refusal: null },
        finish_reason: at === 1 ? 'stop' : null,
      },
    ],
  })),
  responses: [
    { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'm' } },
    ...tokens.map((token) => ({
      type: 'response.output_text.delta',
      output_index: 0,
      content_index: 0,
      delta: token[0],
      logprobs: [openai(token)],
    })),
    { type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } },
  ],
  gemini: tokens.map((token, at) => ({
    candidates: [
      {
        content: { role: 'model', parts: [{ text: token[0] }] },
        logprobsResult: google([token]),
        ...(at === 1 ? { finishReason: 'STOP' } : {}),
      },
    ],
  })),
};

const pairs = crossPairs.filter(
  (pair): pair is typeof pair & { upstream: keyof typeof streams; client: keyof typeof streams } =>
    pair.upstream !== 'messages' && pair.client !== 'messages',
);

describe.each(pairs)('$upstream to $client', ({ client, upstream }) => {
  test('they are asked for', () => {
    expect(translation(side(client, upstream), ask[client]).body).toMatchObject(asked[upstream]);
  });

  test('each token comes with its own, in a stream and as a whole', () => {
    const { reader, writer, fold } = translation(side(client, upstream), ask[client], { stream: true });
    const events = [
      ...streams[upstream].flatMap((chunk) => reader.push({ data: JSON.stringify(chunk) })),
      ...reader.end(),
    ];
    const frames = framesOf(events.map((event) => writer.encode(event)).join(''));
    const json = frames.flatMap(({ data }) => (data === '[DONE]' ? [] : [objectOf(JSON.parse(data))]));
    const [choice] = objectsOf(objectOf(fold(events)).choices ?? objectOf(fold(events)).candidates);
    if (client === 'chat') {
      const chunks = json.flatMap(({ choices }) => objectsOf(choices)).filter(({ logprobs }) => logprobs);
      expect(chunks).toMatchObject(
        tokens.map((token) => ({
          delta: { content: token[0] },
          logprobs: { content: [openai(token)], refusal: null },
        })),
      );
      expect(choice?.logprobs).toEqual({ content: tokens.map(openai), refusal: null });
    } else if (client === 'responses') {
      const deltas = json.filter(({ type }) => type === 'response.output_text.delta');
      expect(deltas).toMatchObject(tokens.map((token) => ({ delta: token[0], logprobs: [openai(token)] })));
      const [done] = json.filter(({ type }) => type === 'response.output_text.done');
      expect(done?.logprobs).toEqual(tokens.map(openai));
      expect(fold(events)).toMatchObject({ output: [{ content: [{ text: 'Héllo', logprobs: tokens.map(openai) }] }] });
    } else {
      const candidates = json.flatMap((chunk) => objectsOf(chunk.candidates)).filter((one) => one.logprobsResult);
      expect(candidates.map(({ logprobsResult }) => logprobsResult)).toEqual([google([first]), google([second])]);
      expect(choice).toMatchObject({ avgLogprobs: expect.closeTo(-0.15), logprobsResult: google(tokens) });
    }
  });
});

test.each(['chat', 'responses', 'gemini'] as const)('a %s client is told that Messages has none', (client) => {
  const { dropped, body } = translation(side(client, 'messages'), ask[client]);
  expect(dropped).toMatchObject([{ path: 'logprobs', severity: 'warn' }]);
  expect(JSON.stringify(body)).not.toContain('logprobs');
});

test('a model that reasons is not asked for them, and the client is told', () => {
  const facts = modelFacts('gpt-5.1');
  const { body, dropped } = translation(side('gemini', 'responses'), ask.gemini, { target: target({ facts }) });
  expect(JSON.stringify(body)).not.toContain('logprobs');
  expect(dropped).toMatchObject([{ path: 'logprobs', severity: 'warn' }]);
});

test('a completions client reads them in the lists of its format', () => {
  const given = { model: 'm', prompt: 'Hi', logprobs: 2 };
  const { reader, fold, body } = translation({ client: formats.completions, upstream: formats.chat }, given);
  expect(body).toMatchObject(asked.chat);
  const events = [...streams.chat.flatMap((chunk) => reader.push({ data: JSON.stringify(chunk) })), ...reader.end()];
  expect(objectsOf(objectOf(fold(events)).choices)[0]?.logprobs).toEqual({
    tokens: ['Hé', 'llo'],
    token_logprobs: [-0.1, -0.2],
    top_logprobs: [
      { Hé: -0.1, Yo: -3 },
      { llo: -0.2, y: -3 },
    ],
    text_offset: [0, 2],
  });
});
