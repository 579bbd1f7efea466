// The same requests through another gateway, installed into a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Figure, type Measurement, median } from '../figures.ts';
import { requestBytes, saturate } from '../http-load.ts';
import { startProcess } from '../processes.ts';
import { chatRequest, startGateway, startUpstream } from './subjects.ts';

const peer = '@portkey-ai/gateway@1.15.2';
const rounds = 3;
const roundMs = 2_000;

/** Its streams fail on Node (`TypeError: immutable`), so only JSON can be compared. */
function peerRequest(upstreamPort: number): Buffer {
  return requestBytes({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: {
      authorization: 'Bearer upstream-key',
      'content-type': 'application/json',
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/fast/v1`,
    },
    body: JSON.stringify({ model: 'up', stream: false, messages: [{ role: 'user', content: 'x'.repeat(1_000) }] }),
  });
}

export const peers: Measurement = {
  title: `Gateway: JSON requests per second beside ${peer}`,
  async run() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cli-proxy-peers-'));
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', peer], { stdio: 'ignore' });
    const script = path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
    const upstream = await startUpstream();
    const gateway = await startGateway(upstream);
    const other = await startProcess('/', (_, port) => [script, `--port=${port}`, '--headless']);
    try {
      const figures: Figure[] = [];
      for (const connections of [1, 64]) {
        const rate = (port: number, bytes: Buffer) =>
          saturate({ port, bytes, connections, until: (_, spent) => spent >= roundMs });
        const rates = { direct: [] as number[], ours: [] as number[], theirs: [] as number[] };
        for (let round = 0; round <= rounds; round++) {
          rates.direct.push(await rate(upstream.port, chatRequest('up', { direct: 'fast' })));
          rates.ours.push(await rate(gateway.port, chatRequest('fast')));
          rates.theirs.push(await rate(other.port, peerRequest(upstream.port)));
        }
        const [direct = 0, ours = 0, theirs = 0] = [rates.direct, rates.ours, rates.theirs].map((list) =>
          median(list.slice(1)),
        );
        const note = `${ours.toFixed(0)} against ${theirs.toFixed(0)}/s, upstream alone ${direct.toFixed(0)}/s`;
        figures.push({ name: `times its rate, ${connections} connections`, value: ours / theirs, note });
      }
      return figures;
    } finally {
      await Promise.all([gateway.stop(), other.stop(), upstream.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
