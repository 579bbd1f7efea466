// How much of three accounts' limits is left unused when they renew, by strategy: `npm run simulate`.
import { type Scenario, simulate } from './simulate.ts';

const weeks = 3;
const scenarios: readonly Scenario[] = [60, 120, 240].flatMap((perWindow) =>
  [1, 1.5, 2].map((load) => ({ perWindow, load })),
);

const percent = (part: number) => `${(part * 100).toFixed(1)} %`.padStart(8);

console.log('                unused windows                       unused of weeks');
console.log('per 5 h  load   round-robin  soonest-reset    less   round-robin  soonest-reset   refused');
for (const scenario of scenarios) {
  const [inTurn, soonest] = [simulate('round-robin', weeks, scenario), simulate('soonest-reset', weeks, scenario)];
  const less = inTurn.unused === 0 ? 0 : 1 - soonest.unused / inTurn.unused;
  const columns = [
    String(scenario.perWindow).padStart(7),
    String(scenario.load).padStart(5),
    inTurn.unused.toFixed(1).padStart(12),
    soonest.unused.toFixed(1).padStart(14),
    percent(less),
    percent(inTurn.weekly).padStart(12),
    percent(soonest.weekly).padStart(14),
    `${inTurn.refused} / ${soonest.refused}`.padStart(9),
  ];
  console.log(columns.join(' '));
}
