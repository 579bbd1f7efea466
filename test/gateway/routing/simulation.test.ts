// The simulation of three accounts over three weeks: what `npm run simulate` prints must keep what the strategies promise.
import { expect, test } from 'vitest';
import { simulate } from '../../../scripts/simulate/simulate.ts';

const weeks = 3;

const scenarios = [60, 120, 240].flatMap((perWindow) => [1, 1.5, 2].map((load) => ({ perWindow, load })));

test.each(scenarios)(
  'with $perWindow requests in 5 hours and $load times the usual load soonest-reset leaves a third less unused',
  (scenario) => {
    const inTurn = simulate('round-robin', weeks, scenario);
    const soonest = simulate('soonest-reset', weeks, scenario);
    expect(inTurn.unused).toBeGreaterThan(0);
    expect(soonest.unused).toBeLessThanOrEqual((inTurn.unused * 2) / 3);
  },
);

test.each([1, 1.5, 2])('of whole weeks it leaves a third less too while 5 hours hold enough, at load %s', (load) => {
  const scenario = { perWindow: 120, load };
  const inTurn = simulate('round-robin', weeks, scenario);
  const soonest = simulate('soonest-reset', weeks, scenario);
  expect(soonest.weekly).toBeLessThanOrEqual((inTurn.weekly * 2) / 3);
  expect(soonest.refused).toBeLessThanOrEqual(inTurn.refused);
});

test('while no limits are known soonest-reset is round-robin to the last request', () => {
  const scenario = { perWindow: 120, load: 1.5, areLimitsKnown: false };
  expect(simulate('soonest-reset', weeks, scenario)).toEqual(simulate('round-robin', weeks, scenario));
});
