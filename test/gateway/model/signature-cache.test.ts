import { expect, test } from 'vitest';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';

const state = (value: string) => ({ thinking: [], call: { issuer: 'google' as const, value } });

test('memory is bounded: what was not asked for longest goes first', () => {
  const size = JSON.stringify(state('x'.repeat(100))).length + 1;
  const store = new SignatureCache(2 * size);
  store.set('a', state('x'.repeat(100)));
  store.set('b', state('x'.repeat(100)));
  expect(store.get('a')).toBeDefined();
  store.set('c', state('x'.repeat(100)));
  expect(store.get('b')).toBeUndefined();
  expect(store.get('a')).toBeDefined();
  expect(store.get('c')).toBeDefined();
});

test('one thing larger than everything allowed is not kept, nor what it replaces', () => {
  const store = new SignatureCache(200);
  store.set('a', state('small'));
  store.set('a', state('x'.repeat(300)));
  expect(store.get('a')).toBeUndefined();
});
