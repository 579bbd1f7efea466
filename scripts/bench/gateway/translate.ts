// What translating costs by itself: every pair of formats, in this process, without a network.
import { createParser } from 'eventsource-parser';
import type { Format } from '../../../src-main/gateway/formats/format.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { openTranslation, readRequest } from '../../../src-main/gateway/formats/translation.ts';
import type { IrEvent } from '../../../src-main/gateway/model/events.ts';
import { defaultQuirks } from '../../../src-main/gateway/model/quirks.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import type { Request } from '../../../src-main/gateway/model/request.ts';
import { type Figure, type Measurement, median } from '../figures.ts';

const forms = [formats.chat, formats.responses, formats.messages, formats.gemini];
const pairs = forms.flatMap((client) =>
  forms.filter((upstream) => upstream !== client).map((upstream) => ({ client, upstream })),
);
const words = 400;
const rounds = 5;
const repeats = 40;

let ids = 0;
const newId = (prefix: string): string => `${prefix}${++ids}`;
const question: Request = {
  model: 'm',
  stream: true,
  streamUsage: true,
  system: [],
  turns: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }],
  tools: [],
  sampling: {},
  stop: [],
};

const open = (request: Request, client: Format, upstream: Format) =>
  openTranslation(request, {
    client,
    upstream,
    target: { model: 'up', stream: request.stream, quirks: defaultQuirks, facts: {} },
    model: 'm',
    newId,
    created: 0,
    signatures: new SignatureCache(),
  });

const response: readonly IrEvent[] = [
  { type: 'start', id: 'a', model: 'up' },
  { type: 'block-start', index: 0, block: { kind: 'text' } },
  ...Array.from({ length: words }, (_, at): IrEvent => ({ type: 'delta', index: 0, text: `word ${at} ` })),
  { type: 'block-stop', index: 0 },
  { type: 'usage', usage: { inputFresh: 9, output: words } },
  { type: 'finish', reason: 'stop' },
  { type: 'end' },
];

/** The response as a stream of this format. */
function streamOf(upstream: Format): string {
  const encoder = upstream.streamEncoder({ model: 'up', newId, created: 0, request: question });
  return response.map((event) => encoder.encode(event)).join('');
}

function relay(client: Format, upstream: Format, stream: string): number {
  const { reader, writer } = open(question, client, upstream);
  let length = 0;
  const write = (events: readonly IrEvent[]): void => {
    for (const event of events) length += writer.encode(event).length;
  };
  const parser = createParser({ onEvent: ({ event, data }) => write(reader.push({ event, data })) });
  parser.feed(stream);
  write(reader.end());
  return length;
}

/** The median of rounds, in milliseconds per call; the first round only warms up. */
function timed(work: () => void, count: number): number {
  const spent = Array.from({ length: rounds + 1 }, () => {
    const started = performance.now();
    for (let index = 0; index < count; index++) work();
    return (performance.now() - started) / count;
  });
  return median(spent.slice(1));
}

const image = (size: number): string =>
  JSON.stringify({
    model: 'm',
    messages: [
      {
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(size)}` } }],
      },
    ],
  });

const conversation = (turns: number): string =>
  JSON.stringify({
    model: 'm',
    messages: Array.from({ length: turns }, (_, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: 'word '.repeat(560),
    })),
  });

function requestFigure(name: string, text: string, atMost: number): Figure {
  const times = forms.slice(1).map((upstream) =>
    timed(() => {
      const { request } = readRequest(formats.chat, JSON.parse(text), { newId });
      JSON.stringify(open(request, formats.chat, upstream).body);
    }, 5),
  );
  return { name, value: Math.max(...times), unit: 'ms', goal: { atMost } };
}

export const translate: Measurement = {
  title: 'Gateway: translating alone',
  async run() {
    const streams = pairs.map(({ client, upstream }): Figure => {
      const stream = streamOf(upstream);
      const events = stream.split('\n\n').length - 1;
      const each = (timed(() => relay(client, upstream, stream), repeats) / events) * 1_000;
      return {
        name: `stream, ${client.name} < ${upstream.name}, per event`,
        value: each,
        unit: 'µs',
        goal: { atMost: 15 },
      };
    });
    return [
      ...streams,
      requestFigure('request of 560 kB and 200 messages, slowest pair', conversation(200), 12),
      requestFigure('request with an image of 5 MB, slowest pair', image(5_000_000), 45),
    ];
  },
};
