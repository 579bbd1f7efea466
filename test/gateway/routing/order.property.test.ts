// The order of candidates, whatever they are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { routingStrategies } from '../../../src-shared/routing-strategy.ts';
import { draw, elementOf, idsOf, type Planned, selectorOver } from './support/candidates.ts';

const strategy = fc.constantFrom(...routingStrategies);
const window = fc.record({
  used: fc.double({ min: 0, max: 1, noNaN: true }),
  resetsAt: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined }),
  isReached: fc.boolean(),
  model: fc.constantFrom(undefined, 'm', 'other'),
});
const planned = fc
  .array(
    fc.record(
      {
        priority: fc.integer({ min: -2, max: 2 }),
        weight: fc.integer({ min: 0, max: 5 }),
        cooldown: fc.constantFrom('hard' as const, 'soft' as const),
        windows: fc.array(window, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((list): readonly Planned[] => list.map((one, index) => ({ ...one, id: `c${index}` })));

const rank = ({ cooldown }: Planned) => (cooldown === 'hard' ? 2 : cooldown === 'soft' ? 1 : 0);

describe('every order', () => {
  test('has each candidate once, those that cool down behind the others, and tiers from the highest down', () => {
    fc.assert(
      fc.property(planned, strategy, fc.nat(20), (list, by, draws) => {
        const byId = new Map(list.map((one) => [one.id, one]));
        const element = elementOf(list);
        const selector = selectorOver(list);
        for (let n = 0; n < draws; n++) draw(selector, element, by);
        const order = idsOf(selector.order([element], by));
        expect(order.toSorted()).toEqual(list.map(({ id }) => id).toSorted());
        const ranks = order.map((id) => {
          const one = byId.get(id) as Planned;
          return [rank(one), -(one.priority ?? 0)] as const;
        });
        expect(ranks).toEqual(ranks.toSorted(([a, b], [c, d]) => a - c || b - d));
      }),
    );
  });

  test('stays the same while nobody is chosen', () => {
    fc.assert(
      fc.property(planned, strategy, fc.nat(20), (list, by, draws) => {
        const element = elementOf(list);
        const selector = selectorOver(list);
        for (let n = 0; n < draws; n++) draw(selector, element, by);
        expect(idsOf(selector.order([element], by))).toEqual(idsOf(selector.order([element], by)));
      }),
    );
  });

  test('begins with the candidate of the session, if it is ready', () => {
    fc.assert(
      fc.property(planned, strategy, fc.nat(), (list, by, at) => {
        const element = elementOf(list);
        const selector = selectorOver(list);
        const home = element.candidates[at % list.length];
        if (home === undefined) throw new Error('a list has at least one');
        const bound = { key: home.key, priority: home.credential.priority };
        const order = selector.order([element], by, bound);
        if (list[at % list.length]?.cooldown === undefined) expect(order[0]).toBe(home);
        else expect(order).toEqual(selector.order([element], by));
        expect(selector.order([element], by, { ...bound, priority: 99 })).toEqual(selector.order([element], by));
      }),
    );
  });
});

describe('turns over 10,000 draws', () => {
  const count = (list: readonly Planned[], by: 'round-robin' | 'weighted-round-robin') => {
    const element = elementOf(list);
    const selector = selectorOver(list);
    const counts = new Map(list.map(({ id }) => [id, 0]));
    for (let n = 0; n < 10_000; n++) {
      const id = draw(selector, element, by);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };

  test('round-robin is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (size) => {
        const list = Array.from({ length: size }, (_, at) => ({ id: `c${at}`, weight: at }));
        for (const drawn of count(list, 'round-robin').values())
          expect(Math.abs(drawn - 10_000 / size)).toBeLessThan(1);
      }),
      { numRuns: 9 },
    );
  });

  test('weights share exactly, and 0 gets nothing while another can', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 }), (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const counts = count(
          weights.map((weight, at) => ({ id: `c${at}`, weight })),
          'weighted-round-robin',
        );
        for (const [at, weight] of weights.entries())
          expect(Math.abs((counts.get(`c${at}`) ?? 0) - (10_000 * weight) / total)).toBeLessThan(weights.length);
      }),
      { numRuns: 20 },
    );
  });

  test('round-robin stays exact while candidates come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 5 }), { minLength: 5 }), (rounds) => {
        const all = elementOf(Array.from({ length: 5 }, (_, at) => ({ id: `c${at}` })));
        const selector = selectorOver([]);
        const last = new Map<string, number>();
        for (const [round, present] of rounds.entries()) {
          const ready = { ...all, candidates: all.candidates.filter((_, at) => present.includes(at)) };
          const longestAgo = Math.min(...idsOf(ready.candidates).map((id) => last.get(id) ?? -1));
          const id = draw(selector, ready, 'round-robin');
          expect(last.get(id) ?? -1).toBe(longestAgo);
          last.set(id, round);
        }
      }),
    );
  });
});

test('soonest-reset without known limits is round-robin exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 }), (size, draws) => {
      const list = Array.from({ length: size }, (_, at) => ({ id: `c${at}` }));
      const element = elementOf(list);
      const [soonest, inTurn] = [selectorOver(list), selectorOver(list)];
      for (let n = 0; n < draws; n++)
        expect(draw(soonest, element, 'soonest-reset')).toBe(draw(inTurn, element, 'round-robin'));
    }),
  );
});

describe('by hand', () => {
  test('3 to 1 is smooth: a a b a', () => {
    const list = [{ id: 'a', weight: 3 }, { id: 'b' }];
    const [element, selector] = [elementOf(list), selectorOver(list)];
    const drawn = Array.from({ length: 8 }, () => draw(selector, element, 'weighted-round-robin'));
    expect(drawn.join('')).toBe('aabaaaba');
  });

  test('the models of one credential under one name take turns of their own', () => {
    const element = elementOf([{ id: 'a' }, { id: 'b' }]);
    const [a] = element.candidates;
    if (a === undefined) throw new Error('there are two');
    const pool = {
      ...element,
      candidates: [...element.candidates, { ...a, model: 'n', key: `${a.credential.id}\nn` }],
    };
    const candidates = pool.candidates.map((one) => ({ ...one, element: pool }));
    const routed = { ...pool, candidates };
    for (const candidate of candidates) Object.assign(candidate, { element: routed });
    const selector = selectorOver([]);
    const drawn = Array.from({ length: 6 }, () => {
      const order = selector.order([routed], 'round-robin');
      const [first] = order;
      if (first === undefined) throw new Error('there are three');
      selector.chosen(first, order);
      return first.key;
    });
    expect(drawn).toEqual(['a\nm', 'b\nm', 'a\nn', 'b\nm', 'a\nm', 'b\nm']);
  });
});
