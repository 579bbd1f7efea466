// What a model costs: what its user says, then the published prices.
import { expect, test } from 'vitest';
import { modelPrice } from '../../src-main/models/model-price.ts';
import { configSchema } from '../../src-shared/config.ts';

const question = { sent: 'claude-sonnet-4-5', asked: 'mine', inputTokens: 10 };
const priceOf = (document: object, more: object = {}) =>
  modelPrice({ ...question, ...more }, configSchema.parse(document));

test('without a word of the user it is the list price, and nothing for a model that has none', () => {
  expect(priceOf({})).toMatchObject({ basis: 'list', input: 3, output: 15 });
  expect(priceOf({}, { sent: 'nobody-knows-it' })).toBeUndefined();
});

test('a price among the facts that the user gives of a model wins over the list', () => {
  const price = { input: 1, output: 2, above: [{ tokens: 100, input: 5 }] };
  const facts = {
    'model-facts': [
      { model: 'claude-*', reasoning: true },
      { model: 'claude-*', price },
    ],
  };
  expect(priceOf(facts)).toMatchObject({ basis: 'prices', input: 1, output: 2 });
  expect(priceOf(facts, { inputTokens: 101 })).toMatchObject({ basis: 'prices', input: 5, output: 2 });
});

test('an entry of prices wins over both', () => {
  const facts = { 'model-facts': [{ model: 'mine', price: { input: 1 } }] };
  expect(priceOf({ ...facts, prices: [{ model: 'mine', input: 9, output: 9 }] })).toMatchObject({ input: 9 });
});
