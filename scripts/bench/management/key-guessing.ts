// Whether somebody who guesses keys can slow down somebody who has one.
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measurement, percentile } from '../figures.ts';
import { Connection, requestBytes } from '../http-load.ts';
import { keyHeader, startServer } from '../processes.ts';

const lastsMs = 20_000;
const guessesPerSecond = 50;

/** The status of the answer to one wrong key. */
function guess(port: number, agent: http.Agent, key: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-management-key': key };
    http
      .get({ port, host: '127.0.0.1', path: '/v0/management/debug', headers, agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      })
      .on('error', reject);
  });
}

export const keyGuessing: Measurement = {
  title: `${guessesPerSecond} wrong keys per second for ${lastsMs / 1000} s, while another client reads`,
  async run() {
    const server = await startServer();
    const agent = new http.Agent({ keepAlive: true });
    try {
      const reader = await Connection.open(server.port);
      const bytes = requestBytes({ path: '/v0/management/debug', headers: keyHeader });
      await reader.request(bytes);
      const end = performance.now() + lastsMs;
      const guesses: Promise<number>[] = [];
      const timer = setInterval(
        () => guesses.push(guess(server.port, agent, `wrong ${guesses.length}`)),
        1000 / guessesPerSecond,
      );
      const times: number[] = [];
      while (performance.now() < end) {
        const started = performance.now();
        const { status } = await reader.request(bytes);
        times.push(performance.now() - started);
        if (status !== 200) throw new Error(`the reader got ${status}`);
        await delay(5);
      }
      clearInterval(timer);
      reader.close();
      const statuses = await Promise.all(guesses);
      const count = (status: number) => statuses.filter((one) => one === status).length;
      const note = `p50 ${percentile(times, 0.5).toFixed(1)} ms, ${times.length} reads; ${count(401)} guesses refused, ${count(429)} turned away`;
      return [{ name: "the reader's p99", value: percentile(times, 0.99), unit: 'ms', goal: { atMost: 25 }, note }];
    } finally {
      agent.destroy();
      await server.stop();
    }
  },
};
