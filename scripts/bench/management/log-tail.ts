// Asking for what is new in a long log.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Measurement, median } from '../figures.ts';
import { Connection, requestBytes } from '../http-load.ts';
import { keyHeader, residentMb, startServer } from '../processes.ts';

const totalBytes = 1e9;
const fileBytes = 10 * 1024 * 1024;
const linesPerSecond = 1000;
const reads = 50;

const two = (value: number) => String(value).padStart(2, '0');

function localStamp(seconds: number): string {
  const time = new Date(seconds * 1000);
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}

const secondOfLines = (seconds: number) =>
  `[${localStamp(seconds)}] [info] [router.go:1] [GIN] 200 |  1ms |  127.0.0.1 | GET  "/v1/models"\n`.repeat(
    linesPerSecond,
  );

/** Full files as rotation leaves them, named by the time of their last line, and the active one. Ends at `end`. */
function writeLog(folder: string, end: number): void {
  mkdirSync(folder);
  const bytesPerSecond = Buffer.byteLength(secondOfLines(end));
  const seconds = Math.ceil(totalBytes / bytesPerSecond);
  const perFile = Math.floor(fileBytes / bytesPerSecond);
  for (let from = end - seconds; from < end; from += perFile) {
    const until = Math.min(from + perFile, end);
    const stamp = new Date(until * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
    const file = openSync(path.join(folder, until === end ? 'main.log' : `main-${stamp}.000.log`), 'w', 0o600);
    for (let second = from; second < until; second++) writeSync(file, secondOfLines(second));
    closeSync(file);
  }
}

export const logTail: Measurement = {
  title: 'GET /logs?after= near the end of a log of 1 GB',
  async run() {
    const end = Math.floor(Date.now() / 1000) - 60;
    const server = await startServer({
      config: 'logging-to-file: true\nlogs-max-total-size-mb: 4096\n',
      prepare: (folder) => writeLog(path.join(folder, 'logs'), end),
    });
    try {
      const connection = await Connection.open(server.port);
      await connection.request(requestBytes({ path: '/v0/management/debug', headers: keyHeader }));
      const before = residentMb(server.pid);
      const bytes = requestBytes({ path: `/v0/management/logs?after=${end - 2}`, headers: keyHeader });
      const times: number[] = [];
      let most = before;
      for (let read = 0; read <= reads; read++) {
        const started = performance.now();
        const { status, body } = await connection.request(bytes);
        times.push(performance.now() - started);
        if (status !== 200 || JSON.parse(body).lines.length < linesPerSecond) throw new Error(`GET /logs: ${status}`);
        most = Math.max(most, residentMb(server.pid));
      }
      connection.close();
      const [first = 0, ...later] = times;
      return [
        { name: 'p50', value: median(later), unit: 'ms', goal: { atMost: 50 } },
        { name: 'the first one, which has to look through', value: first, unit: 'ms' },
        { name: 'more memory', value: most - before, unit: 'MB', goal: { atMost: 20 } },
      ];
    } finally {
      await server.stop();
    }
  },
};
