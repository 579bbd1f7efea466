// How much of three accounts' weekly quota is left unused when it renews, by strategy: `npm run simulate`.
import { type Scenario, simulate } from './simulate.ts';

const weeks = 3;
const scenarios: readonly Scenario[] = [60, 120, 240].flatMap((perWindow) =>
  [1, 1.5, 2].map((load) => ({ perWindow, load })),
);

const percent = (part: number) => `${(part * 100).toFixed(1)} %`.padStart(8);

console.log('per 5 h   load   round-robin   soonest-reset   less unused   refused');
for (const scenario of scenarios) {
  const [inTurn, soonest] = [simulate('round-robin', weeks, scenario), simulate('soonest-reset', weeks, scenario)];
  const less = inTurn.weekly === 0 ? 0 : 1 - soonest.weekly / inTurn.weekly;
  const { perWindow, load } = scenario;
  console.log(
    `${String(perWindow).padStart(7)}   ${String(load).padStart(4)}   ${percent(inTurn.weekly)}      ${percent(soonest.weekly)}        ${percent(less)}      ${inTurn.refused} / ${soonest.refused}`,
  );
}
