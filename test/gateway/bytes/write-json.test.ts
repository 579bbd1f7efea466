// Large JSON written in turns: the same text, and others are served in the meantime.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeInTurns } from '../../../src-main/gateway/bytes/write-json.ts';

const text = async (value: unknown) => Buffer.concat(await writeInTurns(value)).toString();

test('the text is what JSON.stringify makes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.jsonValue(), fc.constant(undefined))),
      async (value) => {
        expect(await text(value)).toBe(JSON.stringify(value));
      },
    ),
  ));

test('others have many turns while a large conversation is written', async () => {
  const messages = Array.from({ length: 400 }, (_, index) => ({
    role: 'user',
    content: `${index} “quoted” "\n`.repeat(1_000),
  }));
  let turns = 0;
  let isWritten = false;
  const count = () => {
    turns++;
    if (!isWritten) setImmediate(count);
  };
  setImmediate(count);
  const written = await text({ messages });
  isWritten = true;
  expect(written).toBe(JSON.stringify({ messages }));
  expect(turns).toBeGreaterThan(written.length / 1024 / 1024);
});
