// `npm run bench [-- NAME...]`: measures the built program and prints what it finds beside its goals.
// NAME is a group (`management`) or one of its measurements (`memory`); without one everything is measured.
// `--peers` downloads another gateway into a temporary folder and measures it too.
import { figureLine, type Measurement } from './figures.ts';
import { eventLoop } from './gateway/event-loop.ts';
import { features } from './gateway/features.ts';
import { latency } from './gateway/latency.ts';
import { load } from './gateway/load.ts';
import { peers } from './gateway/peers.ts';
import { streams } from './gateway/streams.ts';
import { team } from './gateway/team.ts';
import { translate } from './gateway/translate.ts';
import { coldStart } from './management/cold-start.ts';
import { history } from './management/history.ts';
import { keyGuessing } from './management/key-guessing.ts';
import { logTail } from './management/log-tail.ts';
import { memory } from './management/memory.ts';
import { patchLatency } from './management/patch-latency.ts';
import { throughput } from './management/throughput.ts';
import { heap } from './window/heap.ts';
import { opening } from './window/opening.ts';
import { scrolling } from './window/scrolling.ts';

const groups: Readonly<Record<string, Readonly<Record<string, Measurement>>>> = {
  management: {
    throughput,
    'patch-latency': patchLatency,
    'cold-start': coldStart,
    memory,
    'log-tail': logTail,
    history,
    'key-guessing': keyGuessing,
  },
  gateway: {
    latency,
    load,
    'event-loop': eventLoop,
    streams,
    translate,
    features,
    team,
    ...(process.argv.includes('--peers') && { peers }),
  },
  window: { opening, scrolling, heap },
};

const wanted = process.argv.slice(2).filter((word) => word !== '--peers');
const known = Object.entries(groups).flatMap(([group, members]) => [group, ...Object.keys(members)]);
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`There is no measurement "${unknown}". There are: ${known.join(', ')}.`);
  process.exit(2);
}

// A thread that is waited for does not keep the program alive.
const alive = setInterval(() => {}, 60_000);
for (const [group, members] of Object.entries(groups)) {
  for (const [name, { title, run }] of Object.entries(members)) {
    if (wanted.length > 0 && !wanted.includes(group) && !wanted.includes(name)) continue;
    console.log(title);
    for (const figure of await run()) console.log(figureLine(figure));
  }
}
clearInterval(alive);
