// Bytes in pieces read as if they were in one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkedBuffer } from '../../../src-main/gateway/bytes/chunked-buffer.ts';

const pieces = fc.array(fc.uint8Array({ maxLength: 20, max: 7 }), { maxLength: 12 });
const steps = fc.array(fc.tuple(fc.nat({ max: 250 }), fc.nat({ max: 250 }), fc.nat({ max: 8 })), { minLength: 1 });

test('whatever is asked, and in whatever order, the response is that of the bytes in one piece', () => {
  fc.assert(
    fc.property(pieces, steps, (list, asked) => {
      const rope = new ChunkedBuffer(list.map((piece) => Buffer.from(piece)));
      const whole = Buffer.concat(list);
      expect(rope.length).toBe(whole.length);
      for (const [from, to, byte] of asked) {
        expect(rope.at(from)).toBe(whole[from]);
        if (from <= whole.length) expect(rope.indexOf(byte, from)).toBe(whole.indexOf(byte, from));
        const end = Math.min(to, whole.length);
        expect(rope.bytes(from, end).equals(whole.subarray(from, Math.max(from, end)))).toBe(true);
      }
    }),
  );
});

test('what lies in one piece is not copied', () => {
  const piece = Buffer.from('abcdef');
  const found = new ChunkedBuffer([Buffer.from('x'), piece]).bytes(2, 5);
  expect(found.toString()).toBe('bcd');
  expect(found.buffer).toBe(piece.buffer);
  expect(found.byteOffset).toBe(piece.byteOffset + 1);
});
