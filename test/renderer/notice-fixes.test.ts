// What puts notices of the config right in its text.
import { expect, test } from 'vitest';
import { fixOf, withFixes } from '../../src-renderer/pages/config/notice-fixes.ts';

const text = 'api-keys:\n  - your-api-key-1 # mine\nrouting:\n  session-afinity: true\nunknown: 1\n';
const example = { line: 2, column: 5, path: 'api-keys[0]', kind: 'unsafe', message: '' } as const;
const slip = { line: 4, column: 3, path: 'routing.session-afinity', kind: 'misspelt', message: '' } as const;
const named = { ...slip, suggestion: 'session-affinity' };

test('a slip is written as it was meant and an example key gives way to a new one; all else stays', () => {
  expect(withFixes(text, [example, named, { ...example, line: 5, path: 'unknown', kind: 'unused' }])).toMatch(
    /^api-keys:\n {2}- sk-cpd-\w{32} # mine\nrouting:\n {2}session-affinity: true\nunknown: 1\n$/,
  );
});

test('what people have to decide themselves, and a place that is not in the text, has no fix', () => {
  expect(fixOf(text, slip)).toBeUndefined();
  expect(fixOf(text, { ...example, path: 'host' })).toBeUndefined();
  expect(fixOf(text, { ...named, line: 99 })).toBeUndefined();
});

test('quotes around a name go with it', () => {
  expect(withFixes('"debugg": true', [{ ...named, line: 1, column: 1, suggestion: 'debug' }])).toBe('debug: true');
});
