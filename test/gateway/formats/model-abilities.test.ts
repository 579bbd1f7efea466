// Requests go out with what the model takes, as the facts about it say.
import { describe, expect, test } from 'vitest';
import type { ModelFacts } from '../../../src-main/models/model-facts.ts';
import { type ClientForm, side, translation } from '../support/translations.ts';

const upstreamOf = { chat: 'messages', messages: 'chat', gemini: 'chat', responses: 'chat' } as const;

/** What a chat (or Messages) client's request becomes for a model. */
function sent(upstream: ClientForm, model: string, members: object, facts?: ModelFacts): Record<string, unknown> {
  const client = upstreamOf[upstream];
  const body = { model: 'm', max_tokens: 40_000, messages: [{ role: 'user', content: 'A' }], ...members };
  const target = facts === undefined ? { model } : { model, facts };
  return translation(side(client, upstream), body, { target }).body as Record<string, unknown>;
}

const budget = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } });
const chatEffort = (effort: string) => ({ reasoning_effort: effort });

describe('temperature', () => {
  test.each([
    ['messages', 'claude-opus-4-7', undefined],
    ['messages', 'claude-opus-9', undefined],
    ['messages', 'claude-sonnet-4-5', 0.2],
    ['responses', 'gpt-5.1', undefined],
    ['responses', 'gpt-4.1', 0.2],
    ['responses', 'nobody-knows', 0.2],
  ] as const)('%s, %s: %s', (upstream, model, temperature) => {
    expect(sent(upstream, model, { temperature: 0.2 }).temperature).toBe(temperature);
  });

  test('goes to a chat server whose model is told not to think', () => {
    expect(sent('chat', 'gpt-5.1', { temperature: 0.2, thinking: { type: 'disabled' } })).toMatchObject({
      temperature: 0.2,
      reasoning_effort: 'none',
    });
    expect(sent('chat', 'gpt-5.1', { temperature: 0.2, top_p: 0.5 })).not.toHaveProperty('top_p');
  });
});

describe('efforts', () => {
  test.each([
    ['gpt-5.1', 'xhigh', 'high'],
    ['gpt-5.1', 'minimal', expect.stringMatching(/^(none|low)$/)],
    ['gpt-5.1', 'none', 'none'],
    ['gpt-5', 'none', 'minimal'],
    ['o4-mini', 'xhigh', 'high'],
    ['o4-mini', 'none', 'low'],
    ['gpt-6-sol', 'xhigh', 'xhigh'],
    ['nobody-knows', 'xhigh', 'high'],
    ['nobody-knows', 'minimal', 'low'],
    ['nobody-knows', 'none', undefined],
    ['gpt-4.1', 'high', undefined],
  ])('%s, asked for %s: %s', (model, effort, written) => {
    const { reasoning } = sent('responses', model, chatEffort(effort)) as { reasoning?: { effort?: string } };
    expect(reasoning?.effort).toEqual(written);
  });

  test.each([
    ['gemini-3-pro-preview', 'medium', 'LOW'],
    ['gemini-3-pro-preview', 'none', 'LOW'],
    ['gemini-3.1-pro-preview', 'none', 'LOW'],
    ['gemini-3.8-flash', 'none', 'LOW'],
    ['gemini-3-flash-preview', 'none', 'MINIMAL'],
    ['gemini-3.8-flash', 'medium', 'MEDIUM'],
  ])('%s, asked for %s: %s', (model, effort, level) => {
    expect(sent('gemini', model, chatEffort(effort))).toMatchObject({
      generationConfig: { thinkingConfig: { thinkingLevel: level } },
    });
  });

  test.each([
    ['claude-opus-4-7', { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }],
    ['claude-opus-4-6', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['claude-sonnet-4-5', { thinking: { type: 'enabled', budget_tokens: 32_768 } }],
  ])('%s, asked for xhigh', (model, written) => {
    expect(sent('messages', model, chatEffort('xhigh'))).toMatchObject(written);
  });

  test('a Claude that cannot think is not asked to, and one that always thinks not to stop', () => {
    expect(sent('messages', 'claude-3-5-haiku-20241022', chatEffort('high'))).not.toHaveProperty('thinking');
    const always = sent('messages', 'claude-opus-5-5', chatEffort('none'));
    expect(always).not.toHaveProperty('thinking');
    expect(always).toMatchObject({ output_config: { effort: 'low' } });
  });

  test('web search is not asked for with minimal', () => {
    const request = { ...chatEffort('minimal'), web_search_options: {} };
    expect(sent('responses', 'gpt-5', request)).toMatchObject({ reasoning: { effort: 'low' } });
  });

  test('encrypted reasoning is asked of models that think', () => {
    expect(sent('responses', 'gpt-5.1', {}).include).toEqual(['reasoning.encrypted_content']);
    expect(sent('responses', 'gpt-4.1', {})).not.toHaveProperty('include');
  });
});

describe('the token limit of a chat server', () => {
  test('is called as its model wants it', () => {
    expect(sent('chat', 'gpt-5.1', {})).toMatchObject({ max_completion_tokens: 40_000 });
    expect(sent('chat', 'gpt-4.1', {})).toMatchObject({ max_tokens: 40_000 });
    expect(sent('chat', 'nobody-knows', {})).toMatchObject({ max_tokens: 40_000 });
  });
});

test('a model without reasoning behind a chat server is told no effort', () => {
  expect(sent('chat', 'gpt-4o', budget(2000))).not.toHaveProperty('reasoning_effort');
  expect(sent('chat', 'deepseek-v4-pro', budget(2000))).toHaveProperty('reasoning_effort');
});

test("the user's facts decide", () => {
  expect(sent('chat', 'mine', { temperature: 1, ...budget(2000) }, { sampling: 'never', efforts: [] })).toEqual({
    model: 'mine',
    messages: [{ role: 'user', content: 'A' }],
    max_tokens: 40_000,
  });
});
