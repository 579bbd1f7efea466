// How long a change of the config file takes, from request to answer, on disk.
import { type Figure, type Measurement, percentile } from '../figures.ts';
import { Connection, requestBytes } from '../http-load.ts';
import { keyHeader, startServer } from '../processes.ts';

const changes = 200;

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

const keys = (count: number) => `api-keys:\n${lines(count, (i) => `  - sk-client-${String(i).padStart(32, '0')}\n`)}`;

const provider = (index: number) =>
  `  - name: provider-${index}\n    base-url: https://provider-${index}.example.com/v1\n    api-key-entries:\n` +
  lines(3, (i) => `      - api-key: sk-provider-${index}-${i}-0123456789abcdef\n        proxy-url: ""\n`) +
  `    models:\n${lines(5, (i) => `      - name: model-${index}-${i}\n        alias: alias-${index}-${i}\n`)}`;

const bigConfig = `${keys(500)}openai-compatibility:\n${lines(200, provider)}`;

async function latencies(config: string, index: number): Promise<readonly number[]> {
  const server = await startServer({ config });
  try {
    const connection = await Connection.open(server.port);
    const times: number[] = [];
    for (let change = -10; change < changes; change++) {
      const body = JSON.stringify({ index, value: `sk-changed-${change}` });
      const bytes = requestBytes({ method: 'PATCH', path: '/v0/management/api-keys', headers: keyHeader, body });
      const started = performance.now();
      const { status } = await connection.request(bytes);
      if (status !== 200) throw new Error(`PATCH answered ${status}`);
      if (change >= 0) times.push(performance.now() - started);
    }
    connection.close();
    return times;
  } finally {
    await server.stop();
  }
}

const figures = (name: string, times: readonly number[], atMost: number): readonly Figure[] => [
  { name: `${name}, p50`, value: percentile(times, 0.5), unit: 'ms', goal: { atMost } },
  { name: `${name}, p99`, value: percentile(times, 0.99), unit: 'ms' },
];

export const patchLatency: Measurement = {
  title: 'PATCH /api-keys',
  async run() {
    const small = await latencies(keys(3), 1);
    const big = await latencies(bigConfig, 250);
    const size = `${(Buffer.byteLength(bigConfig) / 1000).toFixed(0)} KB`;
    return [...figures('small config', small, 5), ...figures(`500 keys, 200 providers, ${size}`, big, 20)];
  },
};
