import { describe, expect, test } from 'vitest';
import { budgetOf, effortOf, nearestEffort } from '../../../src-main/gateway/model/reasoning/effort.ts';

describe('budgets', () => {
  const range = { min: 128, max: 20_000 };
  test.each([
    ['none', 0],
    ['minimal', 512],
    ['low', 1024],
    ['medium', 8192],
    ['high', 24_576],
    ['xhigh', 32_768],
    ['max', 128_000],
  ] as const)('effort %s is %d tokens where the model is unknown', (effort, tokens) => {
    expect(budgetOf({ mode: 'effort', effort }, undefined)).toBe(tokens);
  });

  test('are kept within the range of the model', () => {
    expect(budgetOf({ mode: 'effort', effort: 'high' }, range)).toBe(20_000);
    expect(budgetOf({ mode: 'budget', budget: 5 }, range)).toBe(128);
  });

  test('need a value to start from', () => {
    expect(budgetOf({ mode: 'adaptive' }, range)).toBeUndefined();
  });
});

describe('efforts', () => {
  test.each([
    [1, 'minimal'],
    [1024, 'low'],
    [1025, 'medium'],
    [24_576, 'high'],
    [900_000, 'xhigh'],
  ] as const)('%d tokens are at least effort %s', (budget, effort) => {
    expect(effortOf({ mode: 'budget', budget })).toBe(effort);
  });

  test('a model that chooses itself needs none', () => {
    expect(effortOf({ mode: 'adaptive' })).toBeUndefined();
    expect(effortOf({ mode: 'budget', budget: -1 })).toBeUndefined();
  });

  test('of a service with fewer words are the nearest, rather less than more', () => {
    expect(nearestEffort('xhigh', ['low', 'medium', 'high'])).toBe('high');
    expect(nearestEffort('minimal', ['low', 'high'])).toBe('low');
    expect(nearestEffort('medium', ['low', 'high'])).toBe('low');
    expect(nearestEffort('high', [])).toBeUndefined();
  });
});
