import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { EventOrderGuard, eventOrderError } from '../../../src-main/gateway/model/event-order.ts';
import { readAnswer, type SeenAnswer } from '../../conformance/gateway/formats.mjs';
import { anyEvents, legalAnswer, type PlannedAnswer } from '../support/arbitrary-events.ts';
import { clientFormats, decodeStream, framesOf, streamText, wholeAnswer } from '../support/translations.ts';

const texts = ({ blocks }: PlannedAnswer, ...kinds: readonly string[]): string =>
  blocks.map(({ block, pieces }) => (kinds.includes(block.kind) ? pieces.join('') : '')).join('');

/** The same without blank blocks, which the Messages API rejects when they come back: they are not written. */
const writtenTexts = (planned: PlannedAnswer): string =>
  texts(
    { ...planned, blocks: planned.blocks.filter(({ pieces }) => pieces.join('').trim() !== '') },
    'text',
    'refusal',
  );

const calls = ({ blocks }: PlannedAnswer) =>
  blocks.flatMap(({ block, pieces }) =>
    block.kind === 'tool' ? [{ name: block.name, args: JSON.parse(pieces.join('')) as unknown }] : [],
  );

/** What a client of this format must have understood. Chat and Responses have a place of their own for refusals. */
function expectUnderstood(format: string, seen: SeenAnswer, planned: PlannedAnswer): void {
  expect(seen.problems).toEqual([]);
  const spoken =
    format === 'messages'
      ? writtenTexts(planned)
      : texts(planned, ...(format === 'gemini' ? ['text', 'refusal'] : ['text']));
  expect(seen.text).toBe(spoken);
  expect(seen.reasoning).toBe(texts(planned, 'thinking'));
  expect(seen.tools.map(({ name, args }) => ({ name, args }))).toEqual(calls(planned));
}

describe.each(clientFormats)('%s', (name) => {
  const format = formats[name];

  test('any legal response becomes a stream that a strict reader accepts and understands', () => {
    fc.assert(
      fc.property(legalAnswer, (planned) => {
        expect(eventOrderError(planned.events)).toBeUndefined();
        const seen = readAnswer(name, true, streamText(format, planned.events));
        expectUnderstood(name, seen, planned);
        expect(seen.done).toBe(true);
      }),
    );
  });

  test('any legal response becomes a JSON response that says the same', () => {
    fc.assert(
      fc.property(legalAnswer, (planned) => {
        const seen = readAnswer(name, false, JSON.stringify(wholeAnswer(format, planned.events)));
        expectUnderstood(name, seen, planned);
      }),
    );
  });

  test('what was written as a stream is read back as the same response', () => {
    fc.assert(
      fc.property(legalAnswer, (planned) => {
        const again = decodeStream(format, framesOf(streamText(format, planned.events)));
        expect(eventOrderError(again)).toBeUndefined();
        expectUnderstood(name, readAnswer(name, true, streamText(format, again)), planned);
        const finish = again.find((event) => event.type === 'finish')?.reason;
        const told = {
          'stop-sequence': name === 'messages' ? 'stop-sequence' : 'stop',
          pause: name === 'messages' ? 'pause' : 'stop',
        } as Record<string, string>;
        const known = told[planned.finish] ?? planned.finish;
        expect(finish).toBe(known === 'stop' && name !== 'messages' && calls(planned).length > 0 ? 'tool' : known);
      }),
    );
  });
});

test('any events in any order end in exactly one end or error, and every client format can show them', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const guard = new EventOrderGuard(() => ({ type: 'start', id: 'made', model: 'm' }));
      const passed = [...events.flatMap((event) => guard.push(event)), ...guard.end()];
      expect(eventOrderError(passed)).toBeUndefined();
      for (const name of clientFormats) {
        const seen = readAnswer(name, true, streamText(formats[name], passed));
        expect(seen.problems.filter((problem) => !problem.startsWith('two tool calls'))).toEqual([]);
        expect(seen.error !== undefined).toBe(passed.at(-1)?.type === 'error');
      }
    }),
  );
});

test('an order that cannot be repaired is an error that says so, and nothing follows it', () => {
  const guard = new EventOrderGuard(() => ({ type: 'start', id: 'made', model: 'm' }));
  const passed = [
    ...guard.push({ type: 'start', id: 'a', model: 'm' }),
    ...guard.push({ type: 'delta', index: 4, text: 'lost' }),
    ...guard.push({ type: 'finish', reason: 'stop' }),
    ...guard.end(),
  ];
  expect(passed.map(({ type }) => type)).toEqual(['start', 'error']);
  expect(passed[1]).toMatchObject({ error: { status: 502, message: expect.stringContaining('delta of block 4') } });
});
