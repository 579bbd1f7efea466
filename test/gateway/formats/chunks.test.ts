// A stream cut anywhere must say the same: all sixteen pairs, cut at any bytes, inside letters too.
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { openTranslation } from '../../../src-main/gateway/formats/translation.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import { readAnswer } from '../../conformance/gateway/formats.mjs';
import { legalAnswer } from '../support/arbitrary-events.ts';
import { type ClientForm, clientFormats, counter, emptyRequest, streamText, target } from '../support/translations.ts';

/** What the client gets when the upstream's bytes arrive in these pieces. */
function relay(client: ClientForm, upstream: ClientForm, pieces: readonly Uint8Array[]): string {
  const { reader, writer } = openTranslation(
    { ...emptyRequest, turns: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }] },
    {
      client: formats[client],
      upstream: formats[upstream],
      target: target({ stream: true }),
      model: 'm',
      newId: counter(),
      created: 0,
      signatures: new SignatureCache(),
    },
  );
  const written: string[] = [];
  const write = (events: ReturnType<typeof reader.end>): void =>
    void written.push(...events.map((event) => writer.encode(event)));
  const parser = createParser({ onEvent: ({ event, data }) => write(reader.push({ event, data })) });
  const decoder = new TextDecoder();
  for (const piece of pieces) parser.feed(decoder.decode(piece, { stream: true }));
  write(reader.end());
  return written.join('');
}

function destroy(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % bytes.length))].sort((one, other) => one - other);
  return [0, ...sorted].map((from, at) => bytes.subarray(from, sorted[at] ?? bytes.length));
}

const pairs = clientFormats.flatMap((client) => clientFormats.map((upstream) => ({ client, upstream })));

describe.each(pairs)('$client < $upstream', ({ client, upstream }) => {
  test('any cuts give what the uncut stream gives', () => {
    fc.assert(
      fc.property(legalAnswer, fc.array(fc.nat(100_000), { maxLength: 40 }), (planned, places) => {
        const bytes = new TextEncoder().encode(streamText(formats[upstream], planned.events));
        const whole = relay(client, upstream, [bytes]);
        expect(relay(client, upstream, destroy(bytes, places))).toBe(whole);
        expect(readAnswer(client, true, whole).problems).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
