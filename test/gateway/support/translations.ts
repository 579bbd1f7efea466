// Both sides of a translation without a network: what tests of the formats share.

import type { Format, NewId, SseFrame, Target } from '../../../src-main/gateway/formats/format.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import type { Translation } from '../../../src-main/gateway/formats/translation.ts';
import { openTranslation, readRequest } from '../../../src-main/gateway/formats/translation.ts';
import type { IrEvent } from '../../../src-main/gateway/model/events.ts';
import { defaultQuirks } from '../../../src-main/gateway/model/quirks.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import type { Request } from '../../../src-main/gateway/model/request.ts';
import { modelFacts } from '../../../src-main/models/model-facts.ts';

export const clientFormats = ['chat', 'responses', 'messages', 'gemini'] as const;
export type ClientForm = (typeof clientFormats)[number];

/** Every ordered pair of different formats. */
export const crossPairs = clientFormats.flatMap((client) =>
  clientFormats.filter((upstream) => upstream !== client).map((upstream) => ({ client, upstream })),
);

export const counter = (): NewId => {
  let count = 0;
  return (prefix) => `${prefix}${++count}`;
};

export const target = (changes: Partial<Target> = {}): Target => ({
  model: 'up-model',
  stream: false,
  quirks: defaultQuirks,
  facts: modelFacts(changes.model ?? 'up-model'),
  ...changes,
});

export const emptyRequest: Request = {
  model: 'm',
  stream: true,
  streamUsage: true,
  system: [],
  turns: [],
  tools: [],
  sampling: {},
  stop: [],
};

export interface Side {
  readonly client: Format;
  readonly upstream: Format;
}

export const side = (client: keyof typeof formats, upstream: keyof typeof formats): Side => ({
  client: formats[client],
  upstream: formats[upstream],
});

/** An exchange for a client's body, as the pipeline opens it. */
export function translation(
  { client, upstream }: Side,
  body: unknown,
  changes: { target?: Partial<Target>; signatures?: SignatureCache; stream?: boolean; newId?: NewId } = {},
): Translation {
  const newId = changes.newId ?? counter();
  const { request } = readRequest(client, body, {
    ...(client.name === 'gemini' ? { model: 'm', stream: changes.stream ?? false } : {}),
    newId,
  });
  return openTranslation(request, {
    client,
    upstream,
    target: target({ stream: request.stream, ...changes.target }),
    model: 'm',
    newId,
    created: 1_760_000_000,
    signatures: changes.signatures ?? new SignatureCache(),
  });
}

const encodeContext = () => ({ model: 'm', newId: counter(), created: 1_760_000_000, request: emptyRequest });

export const streamText = (format: Format, events: readonly IrEvent[]): string => {
  const encoder = format.streamEncoder(encodeContext());
  return events.map((event) => encoder.encode(event)).join('');
};

export const wholeAnswer = (format: Format, events: readonly IrEvent[]): unknown =>
  format.encodeResponse(events, encodeContext());

/** The frames of a stream's text. */
export const framesOf = (text: string): readonly SseFrame[] =>
  text.split('\n\n').flatMap((block) => {
    const lines = block.split('\n');
    const field = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    return data === undefined ? [] : [{ event: field('event'), data }];
  });

export function decodeStream(format: Format, frames: readonly SseFrame[]): readonly IrEvent[] {
  const decoder = format.streamDecoder({ model: 'm', newId: counter() });
  return [...frames.flatMap((frame) => decoder.push(frame)), ...decoder.end()];
}
