import { expect, test } from 'vitest';
import { countBody, countedRequest, readCount, writeCount } from '../../../src-main/gateway/formats/count-tokens.ts';
import { estimateTokens } from '../../../src-main/gateway/model/estimate.ts';
import { emptyRequest, exchange, side } from '../support/exchanges.ts';

const question = {
  model: 'm',
  max_tokens: 9,
  temperature: 0.5,
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'Hi' }],
};

test('Messages is asked with what its counting call takes and nothing more', () => {
  const { body } = exchange(side('gemini', 'messages'), {
    contents: [{ parts: [{ text: 'Hi' }] }],
    generationConfig: { temperature: 1 },
  });
  expect(countBody('messages', body, 'up')).toEqual({
    model: 'up-model',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  });
});

test('Gemini is asked with the whole request, so that system text and tools count', () => {
  const { body } = exchange(side('messages', 'gemini'), question);
  expect(countBody('gemini', body, 'up')).toMatchObject({
    generateContentRequest: { model: 'models/up', systemInstruction: { parts: [{ text: 'Be brief.' }] } },
  });
  expect(countedRequest('gemini', { generateContentRequest: { contents: [1] } })).toEqual({ contents: [1] });
});

test('others cannot count', () => {
  expect(countBody('chat', {}, 'up')).toBeUndefined();
});

test('the number is told in the form of the client, an estimate is marked', () => {
  expect(readCount({ totalTokens: 7 })).toBe(7);
  expect(readCount({ input_tokens: 7 })).toBe(7);
  expect(writeCount('messages', 7, false)).toEqual({ input_tokens: 7 });
  expect(writeCount('gemini', 7, true)).toMatchObject({ totalTokens: 7, estimated: true });
});

test('an estimate grows with text, and counts other scripts as dearer', () => {
  const tokens = (text: string) =>
    estimateTokens({ ...emptyRequest, turns: [{ role: 'user', parts: [{ kind: 'text', text }] }] });
  expect(tokens('word '.repeat(800))).toBeGreaterThan(900);
  expect(tokens('word '.repeat(800))).toBeLessThan(1100);
  expect(tokens('漢字'.repeat(400))).toBeGreaterThan(tokens('ab'.repeat(400)));
  expect(estimateTokens(emptyRequest)).toBe(1);
});
