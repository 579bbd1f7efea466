// From the start of the process to the first answer, against Node with nothing to do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Measurement, median } from '../figures.ts';
import { startServer } from '../processes.ts';

const rounds = 7;

async function emptyScriptMs(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit');
  return performance.now() - started;
}

export const coldStart: Measurement = {
  title: 'Cold start to the first answer',
  async run() {
    const ours: number[] = [];
    const empty: number[] = [];
    for (let round = 0; round < rounds; round++) {
      empty.push(await emptyScriptMs());
      const server = await startServer();
      ours.push(server.readyMs);
      await server.stop();
    }
    const note = `${median(ours).toFixed(0)} against ${median(empty).toFixed(0)} ms`;
    const value = median(ours) - median(empty);
    return [{ name: 'more than an empty script', value, unit: 'ms', goal: { atMost: 250 }, note }];
  },
};
