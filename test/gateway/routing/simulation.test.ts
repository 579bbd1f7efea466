// The simulation of three accounts over three weeks: what `npm run simulate` prints must keep what the strategies promise.
import { expect, test } from 'vitest';
import { simulate } from '../../../scripts/simulate/simulate.ts';

const weeks = 3;

test.each([1, 1.5, 2])(
  'at %s times the usual load soonest-reset leaves at least a third less unused than round-robin',
  (load) => {
    const scenario = { perWindow: 120, load };
    const inTurn = simulate('round-robin', weeks, scenario);
    const soonest = simulate('soonest-reset', weeks, scenario);
    expect(inTurn.weekly).toBeGreaterThan(0);
    expect(soonest.weekly).toBeLessThanOrEqual((inTurn.weekly * 2) / 3);
    expect(soonest.refused).toBeLessThanOrEqual(inTurn.refused);
  },
);

test('while no limits are known soonest-reset is round-robin to the last request', () => {
  const scenario = { perWindow: 120, load: 1.5, areLimitsKnown: false };
  expect(simulate('soonest-reset', weeks, scenario)).toEqual(simulate('round-robin', weeks, scenario));
});
