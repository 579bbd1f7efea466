import { expect, test } from 'vitest';
import { readLimited } from '../../src-main/net/read-limited.ts';

test('a body is read up to a limit and not beyond', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 1;
      yield Buffer.from('é!'.repeat(10));
    }
  }
  expect(await readLimited(endless(), 100)).toBeUndefined();
  expect(given).toBe(4);
  const two = (async function* () {
    yield Buffer.from([0xc3]);
    yield Buffer.from([0xa9]);
  })();
  expect(await readLimited(two, 2)).toBe('é');
});
