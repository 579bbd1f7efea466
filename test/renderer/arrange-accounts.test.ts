// The list of accounts in the order of need.
import { describe, expect, test } from 'vitest';
import { arrange, type ListedGroup, placesOf } from '../../src-renderer/pages/accounts/list/arrange.ts';
import { lifeSlots } from '../../src-renderer/pages/accounts/list/life-slots.ts';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';

type Part = Partial<AccountFile>;

/** Only what the list looks at. */
const file = (name: string, part: Part = {}) =>
  ({
    name,
    label: name,
    email: name,
    status: 'ready',
    status_message: '',
    trouble: '',
    disabled: false,
    ...part,
  }) as AccountFile;
const group = (id: string, accounts: readonly AccountFile[]): ListedGroup => ({
  id,
  title: id,
  mark: id,
  provider: undefined,
  accounts,
});
const login: Part = { status: 'error', trouble: 'login', status_message: 'rejected' };
const offline: Part = { status: 'error', trouble: 'unreachable', status_message: 'host cannot be reached' };
const all = { search: '', kinds: new Set<never>(), places: undefined };
const order = (groups: ReturnType<typeof arrange>['groups']) =>
  groups.map(({ id, accounts }) => [id, ...accounts.map(({ name }) => name)].join(' '));

describe('the list of accounts', () => {
  const groups = [
    group('codex', [file('b'), file('a'), file('off', { disabled: true }), file('cold', { status: 'cooling' })]),
    group('claude', [file('c'), file('bad', login), file('gone', offline)]),
    group('xai', []),
  ];

  test('begins with what needs the person, and ends with what is off or not there', () => {
    const { groups: arranged, counts, first } = arrange(groups, all);
    expect(order(arranged)).toEqual(['claude bad gone c', 'codex cold a b off', 'xai']);
    expect(counts).toEqual({ needs: 1, unreachable: 1, cooling: 1, ready: 3, off: 1 });
    expect(first).toBe('bad');
  });

  test('keeps its order while it is told to, whatever happens to the accounts', () => {
    const places = placesOf(arrange(groups, all).groups);
    const later = [group('codex', [file('b', login), file('a')]), group('claude', [file('c'), file('new')])];
    expect(order(arrange(later, { ...all, places }).groups)).toEqual(['claude c new', 'codex a b']);
    expect(order(arrange(later, all).groups)).toEqual(['codex b a', 'claude c new']);
  });

  test('filters by kind, while the counts follow the search alone', () => {
    const kinds = new Set(['cooling', 'off'] as const);
    const { groups: arranged, counts } = arrange(groups, { ...all, kinds });
    expect(order(arranged)).toEqual(['codex cold off']);
    expect(counts.ready).toBe(3);
  });

  test('is searched by plan, project, note and prefix too', () => {
    const known = [
      group('codex', [file('a', { plan: 'team' }), file('b', { note: 'desk' }), file('c', { prefix: 'x' })]),
    ];
    const found = (search: string) => order(arrange(known, { ...all, search }).groups);
    expect(found('team')).toEqual(['codex a']);
    expect(found('desk')).toEqual(['codex b']);
    expect(found('nothing')).toEqual([]);
  });

  test('tells the same trouble of many once, with the next try of the first', () => {
    const times = ['2026-11-30T11:55:00Z', '2026-11-30T12:52:00+01:00', '2026-11-30T11:53:00Z'];
    const many = times.map((next_retry_after, index) => file(`n${index}`, { ...offline, next_retry_after }));
    const [claude] = arrange([group('claude', [...many, file('alone', login)])], all).groups;
    expect(claude?.shared).toEqual([
      { message: 'host cannot be reached', trouble: 'unreachable', names: ['n0', 'n1', 'n2'], next: times[1] },
    ]);
  });

  test('offers one filled remedy at most, and none for what nobody can sign in to again', () => {
    expect(arrange([group('claude', [file('a', offline)])], all).first).toBeUndefined();
    const many = [1, 2, 3].map((number) => file(`n${number}`, login));
    expect(arrange([group('claude', many), group('codex', [file('z', login)])], all).first).toBe('claude');
  });
});

describe('the last 24 hours', () => {
  const slotMs = 30 * 60_000;
  const from = Date.parse('2026-11-29T15:00:00Z');
  const now = from + 47.5 * slotMs;
  const zeros = () => new Array<number>(48).fill(0);
  const at = (slot: number) => new Date(from + slot * slotMs).toISOString();

  test('half hours without a request take the state: off before the account, the present one since it began', () => {
    const cooling = {
      status: 'cooling',
      trouble: '',
      disabled: false,
      status_since: at(46),
      created_at: at(2),
    } as const;
    const states = lifeSlots(cooling, undefined, { slot_ms: slotMs, from }, now).map(({ state }) => state);
    expect(states).toHaveLength(48);
    expect(states.slice(0, 3)).toEqual(['off', 'off', 'ready']);
    expect(states.slice(45)).toEqual(['ready', 'cooling', 'cooling']);
  });

  test('half hours with requests say what came of most of them', () => {
    const counts = { name: 'a', answered: zeros(), refused: zeros() };
    counts.answered[5] = 14;
    counts.refused[5] = 1;
    counts.refused[6] = 2;
    const ready = { status: 'ready', trouble: '', disabled: false, status_since: '', created_at: at(-9) } as const;
    const slots = lifeSlots(ready, counts, { slot_ms: slotMs, from }, now);
    expect(slots[5]).toMatchObject({ state: 'answered', answered: 14, refused: 1 });
    expect(slots[6]).toMatchObject({ state: 'refused', refused: 2 });
    expect(slots[7]?.state).toBe('ready');
  });
});
