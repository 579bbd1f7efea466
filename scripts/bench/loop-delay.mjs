// Loaded with --import into the server under measurement: answers how long its event loop was held up since the last
// answer, the 99th percentile in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('message', () => {
  process.send?.(delays.percentile(99) / 1e6);
  delays.reset();
});
// The server ends as it does without.
process.channel?.unref();
