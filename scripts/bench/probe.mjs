// Loaded with --import into the server under measurement, which does as it is told:
// `delay?` answers how long its event loop was held up since the last time, the 99th percentile in milliseconds;
// `collect` answers after the garbage has been collected.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';

const delays = monitorEventLoopDelay({ resolution: 1 });

function collect() {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
}

process.on('message', (request) => {
  if (request === 'collect') {
    collect();
    process.send?.(0);
    return;
  }
  process.send?.(delays.percentile(99) / 1e6);
  delays.reset();
  delays.enable();
});
// The server ends as it does without.
process.channel?.unref();
