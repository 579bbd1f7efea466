import { expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { countingOf, encodeEstimate } from '../../../src-main/gateway/formats/token-counting.ts';
import { estimateTokens } from '../../../src-main/gateway/model/estimate.ts';
import { emptyRequest, side, translation } from '../support/translations.ts';

const messages = countingOf(formats.messages);
const gemini = countingOf(formats.gemini);

const question = {
  model: 'm',
  max_tokens: 9,
  temperature: 0.5,
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'Hi' }],
};

test('Messages is asked with what its counting call takes and nothing more', () => {
  const { body } = translation(side('gemini', 'messages'), {
    contents: [{ parts: [{ text: 'Hi' }] }],
    generationConfig: { temperature: 1 },
  });
  expect(messages.encodeCall(body, 'up')).toEqual({
    model: 'up-model',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  });
});

test('Gemini is asked with the whole request, so that system text and tools count', () => {
  const { body } = translation(side('messages', 'gemini'), question);
  expect(gemini.encodeCall(body, 'up')).toMatchObject({
    generateContentRequest: { model: 'models/up', systemInstruction: { parts: [{ text: 'Be brief.' }] } },
  });
  expect(gemini.decodeCall({ generateContentRequest: { contents: [1] } })).toEqual({ contents: [1] });
});

test('others cannot count', () => {
  expect(formats.chat.counting).toBeUndefined();
});

test('the number is reported in the format of the client, an estimate is marked', () => {
  expect(gemini.decodeCount({ totalTokens: 7 })).toBe(7);
  expect(messages.decodeCount({ input_tokens: 7 })).toBe(7);
  expect(messages.encodeCount(7)).toEqual({ input_tokens: 7 });
  expect(encodeEstimate(formats.gemini, 7)).toMatchObject({ totalTokens: 7, estimated: true });
});

test('an estimate grows with text, and counts other scripts as dearer', () => {
  const tokens = (text: string) =>
    estimateTokens({ ...emptyRequest, turns: [{ role: 'user', parts: [{ kind: 'text', text }] }] });
  expect(tokens('word '.repeat(800))).toBeGreaterThan(900);
  expect(tokens('word '.repeat(800))).toBeLessThan(1100);
  expect(tokens('漢字'.repeat(400))).toBeGreaterThan(tokens('ab'.repeat(400)));
  expect(estimateTokens(emptyRequest)).toBe(1);
});
