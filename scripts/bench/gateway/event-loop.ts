// How long the gateway's event loop is held up, so that nobody else is served: under load, and by large bodies.
import type { Figure, Measurement } from '../figures.ts';
import { saturate } from '../http-load.ts';
import { chatRequest, messagesRequest, startGateway, startUpstream } from './subjects.ts';

const loads = [
  { name: 'JSON, 64 connections', connections: 64, bytes: chatRequest('fast') },
  { name: '560 kB body', connections: 1, bytes: chatRequest('fast', { size: 560_000 }) },
  { name: '5 MB body', connections: 1, bytes: chatRequest('fast', { size: 5_000_000 }) },
  { name: '5 MB body, translated', connections: 1, bytes: messagesRequest('fast', { size: 5_000_000 }) },
];

export const eventLoop: Measurement = {
  title: 'Gateway: event loop held up, p99',
  async run() {
    const upstream = await startUpstream();
    const gateway = await startGateway(upstream, '', { watched: true });
    const figures: Figure[] = [];
    try {
      for (const { name, connections, bytes } of loads) {
        const run = (ms: number) =>
          saturate({ port: gateway.port, bytes, connections, until: (_, spent) => spent >= ms });
        await run(1_000);
        await gateway.loopDelay();
        await run(3_000);
        figures.push({ name, value: await gateway.loopDelay(), unit: 'ms', goal: { atMost: 20 } });
      }
      return figures;
    } finally {
      await Promise.all([gateway.stop(), upstream.stop()]);
    }
  },
};
