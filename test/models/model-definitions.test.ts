// What is told of the models of a channel.
import { expect, test } from 'vitest';
import { modelDefinitions } from '../../src-main/models/model-definitions.ts';

test('the models of a vendor come with their limits', () => {
  const claude = modelDefinitions('anthropic', 'claude', []);
  expect(claude.find(({ id }) => id === 'claude-opus-5')).toMatchObject({
    object: 'model',
    owned_by: 'anthropic',
    type: 'claude',
    context_length: expect.any(Number),
    max_completion_tokens: expect.any(Number),
  });
  expect(claude.every(({ id }) => id.startsWith('claude-'))).toBe(true);
});

test('what the user says of a model wins', () => {
  const own = [{ model: 'claude-opus-5', 'context-tokens': 5 }];
  const claude = modelDefinitions('anthropic', 'claude', own);
  expect(claude.find(({ id }) => id === 'claude-opus-5')?.context_length).toBe(5);
});
