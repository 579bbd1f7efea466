import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelFactsFile } from '../../scripts/model-facts.ts';
import { modelFacts, priceOf } from '../../src-main/models/model-facts.ts';
import { modelFactsFileSchema, modelNotesFileSchema } from '../../src-shared/model-facts.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../src-main/models/${name}`, import.meta.url), 'utf8'));

describe('the data files', () => {
  test('hold their form, and each model of a vendor stands in them once', () => {
    const { models, sources } = modelFactsFileSchema.parse(read('model-facts.json'));
    const names = models.map(({ vendor, model }) => `${vendor}/${model}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(500);
    expect(models.filter(({ source }) => source !== undefined && sources[source] === undefined)).toEqual([]);
    modelNotesFileSchema.parse(read('model-notes.json'));
  });

  test('a newer catalogue is read into that form', () => {
    const text = modelFactsFile({
      date: '2027-01-01',
      models: [
        {
          vendor: 'openai',
          model: 'gpt-7',
          kind: 'chat',
          context_tokens: 10,
          usd_per_million: { input: 1, cache_read: 0.1, above: [{ tokens: 5, input: 2, cache_read: 0.2 }] },
          supports: { reasoning: true, vision: true, json_schema: true },
          efforts: { none: true, xhigh: true, low: false },
          successor: 'openai/gpt-8',
          source: 'https://example.com/prices',
        },
      ],
    });
    expect(JSON.parse(text)).toMatchObject({
      date: '2027-01-01',
      sources: ['https://example.com/prices'],
      models: [
        {
          model: 'gpt-7',
          'context-tokens': 10,
          efforts: ['none', 'medium', 'high', 'xhigh'],
          input: ['image'],
          'structured-output': true,
          price: { input: 1, 'cache-read': 0.1, above: [{ tokens: 5, input: 2, 'cache-read': 0.2 }] },
          successor: 'gpt-8',
          source: 0,
        },
      ],
    });
    expect(() => modelFactsFile({ date: '2027', models: [] })).toThrow();
  });
});

describe('facts of a model', () => {
  test.each([
    ['claude-opus-4-7', { sampling: 'never', adaptiveThinking: true, prefill: false }],
    ['claude-sonnet-4-5-20250929', { sampling: 'one', efforts: [], structuredOutput: true }],
    ['claude-3-5-haiku-20241022', { sampling: 'both', reasoning: false, structuredOutput: false, vendor: 'anthropic' }],
    ['claude-sonnet-4-20250514', { reasoning: true, efforts: [], structuredOutput: false, adaptiveThinking: false }],
    ['gpt-5.1', { sampling: 'without-reasoning', efforts: ['none', 'low', 'medium', 'high'] }],
    ['gpt-5', { efforts: ['minimal', 'low', 'medium', 'high'], tokenLimit: 'max_completion_tokens' }],
    ['gpt-4.1', { reasoning: false, vendor: 'openai' }],
    ['o4-mini', { efforts: ['low', 'medium', 'high'], tokenLimit: 'max_completion_tokens' }],
    ['gemini-3-pro-preview', { efforts: ['low', 'high'] }],
    ['gemini-3.1-pro-preview', { efforts: ['low', 'medium', 'high'] }],
    ['gemini-2.5-pro', { thinkingBudget: { min: 128, max: 32_768, dynamic: true }, structuredOutputWithTools: false }],
    ['deepseek-v4-pro', { reasoningHistory: true, vendor: 'deepseek' }],
  ])('%s', (name, facts) => {
    expect(modelFacts(name)).toMatchObject(facts);
  });

  test.each([
    ['openai/gpt-5.1', 'gpt-5.1'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['us.anthropic.claude-opus-4-7-v1:0', 'claude-opus-4-7'],
    ['anthropic/claude-opus-4.7', 'claude-opus-4-7'],
    ['claude-haiku-4-5@20251001', 'claude-haiku-4-5-20251001'],
    ['Claude-Opus-5[1m]', 'claude-opus-5'],
    ['ft:gpt-4.1:acme::id', 'gpt-4.1'],
  ])('%s is told by its host, and is %s', (hosted, own) => {
    expect(modelFacts(hosted)).toEqual(modelFacts(own));
    expect(priceOf(hosted)).toEqual(priceOf(own));
  });

  test('a name from tomorrow has the abilities of the newest of its family, and no price or end', () => {
    expect(modelFacts('claude-opus-9')).toMatchObject({
      vendor: 'anthropic',
      sampling: 'never',
      adaptiveThinking: true,
    });
    expect(modelFacts('gpt-9-x')).toMatchObject({ vendor: 'openai', reasoning: true, sampling: 'without-reasoning' });
    expect(modelFacts('gemini-9-pro')).toMatchObject({ vendor: 'google', reasoning: true });
    expect(priceOf('gpt-9-x')).toBeUndefined();
    expect(modelFacts('gpt-4o-2024-01-01')).toMatchObject({ reasoning: false });
    expect(modelFacts('gpt-4o-2024-01-01')).not.toHaveProperty('ends');
  });

  test('an unknown model has none', () => {
    expect(modelFacts('up-model')).toEqual({});
    expect(modelFacts('x'.repeat(100_000))).toEqual({});
    expect(modelFacts('')).toEqual({});
  });

  test("the user's own facts win, the first row that says something first", () => {
    const own = [
      { model: 'my-gpt-*', efforts: ['low' as const] },
      { model: '*', 'context-tokens': 5, efforts: [] },
    ];
    expect(modelFacts('my-gpt-1', own)).toEqual({ contextTokens: 5, efforts: ['low'] });
    expect(modelFacts('gpt-4.1', own)).toMatchObject({ contextTokens: 5, reasoning: false });
  });

  test('of a model that several sell, its maker tells the price', () => {
    expect(priceOf('deepseek-v4-pro')).toEqual(priceOf('deepseek/deepseek-v4-pro'));
    expect(priceOf('alibaba/deepseek-v4-pro')).not.toEqual(priceOf('deepseek-v4-pro'));
  });
});
