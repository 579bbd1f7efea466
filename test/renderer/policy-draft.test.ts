// The form of a client key's policy: what is typed, what is wrong with it, and what is written.
import { expect, test } from 'vitest';
import { keyRows } from '../../src-renderer/pages/keys/key-rows.ts';
import { fullest, goneOf, levelOf } from '../../src-renderer/pages/keys/limit-use.ts';
import {
  errorsOf,
  isValid,
  newLimit,
  restricts,
  toDraft,
  toPolicy,
} from '../../src-renderer/pages/keys/policy-draft.ts';
import { policyYaml } from '../../src-renderer/pages/keys/policy-yaml.ts';
import { clientPolicy } from '../../src-shared/client-policies.ts';

const policy = {
  'api-key': 'sk-cpd-0123456789abcdef',
  name: 'ci',
  expires: '2026-12-02',
  models: ['qwen3-*'],
  'excluded-models': ['*-preview'],
  limits: [{ requests: 200, per: 'day' as const }],
  'max-concurrent': 4,
  note: 'kept',
};

test('a policy that is not changed is written as it was, with what the form does not know', () => {
  expect(toPolicy(policy['api-key'], toDraft(policy, 'ci'), policy)).toEqual(policy);
});

test('what is taken out of the form is taken out of the policy', () => {
  const draft = { ...toDraft(policy, 'ci'), expires: '', limits: [], models: [], atOnce: '' };
  expect(toPolicy(policy['api-key'], draft, undefined)).toEqual({ 'api-key': policy['api-key'], name: 'ci' });
  expect(restricts(toPolicy(policy['api-key'], draft, undefined))).toBe(false);
});

test('a limit without a number, one that is no whole number, one that is there twice and a wrong date are told', () => {
  const limits = [newLimit(), newLimit('tokens', 'day', 1.5), newLimit('cost', 'day', 2), newLimit('cost', 'day', 3)];
  const errors = errorsOf({ ...toDraft(undefined, ''), limits, expires: 'soon' });
  expect([...errors.limits.values(), errors.expires]).toEqual(['missing', 'not-whole', 'twice', 'no-date']);
  expect(isValid(errors)).toBe(false);
});

test('what the form accepts, the config accepts', () => {
  const limits = [newLimit('cost', 'month', 0.5), newLimit('requests', 'minute', 0)];
  const draft = { ...toDraft(undefined, 'a'), limits, expires: '2027-01-31', sources: ['relay-*'], atOnce: 2 };
  expect(isValid(errorsOf(draft))).toBe(true);
  expect(clientPolicy.safeParse(toPolicy('k', draft, undefined)).success).toBe(true);
});

test('the YAML that is shown has the key masked and text quoted where it has to be', () => {
  expect(policyYaml(policy)).toBe(
    [
      'client-policies:',
      '  - api-key: "sk-cpd-…cdef"',
      '    name: ci',
      '    expires: "2026-12-02"',
      '    models: ["qwen3-*"]',
      '    excluded-models: ["*-preview"]',
      '    limits:',
      '      - { requests: 200, per: day }',
      '    max-concurrent: 4',
      '    note: kept',
    ].join('\n'),
  );
});

const limit = (used: number, of: number) =>
  ({ metric: 'requests', used, limit: of, per: 'day', resets_at: '2026-12-01T00:00:00Z' }) as const;

test('the fullest limit stands for the key; a limit of nothing is used up', () => {
  expect(fullest([limit(1, 10), limit(5, 10), limit(4, 10)])?.used).toBe(5);
  expect([limit(0, 0), limit(8, 10), limit(1, 10)].map(levelOf)).toEqual(['reached', 'high', 'ok']);
  expect(goneOf(limit(0, 1), Date.parse('2026-11-30T18:00:00Z'))).toBeCloseTo(0.75);
});

test('keys in trouble come first, then those used last, and those that have expired at the end', () => {
  const entry = (name: string) => ({ key: name, key_id: name, label: name, created: '' });
  const use = (name: string, limits: ReturnType<typeof limit>[]) =>
    ({ key_id: name, key: '', name: null, expires: null, running: 0, limits }) as const;
  const rows = keyRows(
    {
      keys: ['old', 'free', 'high', 'full'].map(entry),
      policies: [{ 'api-key': 'old', expires: '2020-01-01' }],
      uses: [use('full', [limit(2, 2)]), use('high', [limit(9, 10)])],
      hours: [],
      costs: new Map(),
    },
    Date.parse('2026-11-30T12:00:00Z'),
  );
  expect(rows.map(({ name }) => name)).toEqual(['full', 'high', 'free', 'old']);
});
