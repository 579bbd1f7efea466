// Cutting streams into events, wherever the network cuts them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventTooLarge, fieldsOf, maxEventBytes, SseScanner } from '../../../src-main/gateway/bytes/sse-scanner.ts';

const stream =
  ': hello\n\nevent: a\r\ndata: {"x":"日本🙂"}\r\n\r\ndata:one\ndata: two\n\nid: 7\rdata: three\r\rretry: 5\n\ndata\n\n: end\n\n';
const read = (events: readonly Buffer[]) =>
  events.map((event) => {
    const { event: name, data } = fieldsOf(event);
    return [name, data?.toString()];
  });

function scan(chunks: readonly Buffer[]) {
  const scanner = new SseScanner();
  // They are valid until the next chunk.
  const events = chunks.flatMap((chunk) => scanner.push(chunk).map((event) => Buffer.from(event)));
  return { events, rest: scanner.remainder() };
}

const whole = [
  ['', undefined],
  ['a', '{"x":"日本🙂"}'],
  ['', 'one\ntwo'],
  ['', 'three'],
  ['', undefined],
  ['', ''],
  ['', undefined],
];

test('comments, CRLF, CR, several lines of data and fields without value', () => {
  const { events, rest } = scan([Buffer.from(stream)]);
  expect(read(events)).toEqual(whole);
  expect(rest).toHaveLength(0);
});

test('every cut of the stream gives the same events and the same bytes', () => {
  const bytes = Buffer.from(stream);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const { events, rest } = scan([bytes.subarray(0, cut), bytes.subarray(cut)]);
    expect(read(events)).toEqual(whole);
    expect(Buffer.concat([...events, rest]).equals(bytes)).toBe(true);
  }
});

test('any cuts of any bytes give the stream back', () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\r', '\r\n', '\n\n', 'data: ', ': ', 'event:'),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(9), { minLength: 1 }), (pieces, sizes) => {
      const bytes = Buffer.from(pieces.join(''));
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = (sizes[turn % sizes.length] ?? 0) + 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      const cut = scan(chunks);
      expect(Buffer.concat([...cut.events, cut.rest]).equals(bytes)).toBe(true);
      expect(read(cut.events)).toEqual(read(scan([bytes]).events));
    }),
  );
});

test('an event of several MiB in small chunks is put together in one piece', () => {
  const scanner = new SseScanner();
  const chunk = Buffer.alloc(1_000, 'x');
  scanner.push(Buffer.from('data: '));
  for (let index = 0; index < 8_000; index++) expect(scanner.push(chunk)).toEqual([]);
  expect(scanner.push(Buffer.from('\n\n'))[0]).toHaveLength(8_000_008);
});

test('an event without end is given up', () => {
  const scanner = new SseScanner();
  const chunk = Buffer.alloc(maxEventBytes / 4, 'x');
  expect(() => {
    for (let index = 0; index < 6; index++) scanner.push(chunk);
  }).toThrow(EventTooLarge);
});
