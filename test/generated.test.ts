import { expect, test } from 'vitest';
import { generated, readGenerated } from '../scripts/generate.ts';

test.each(Object.entries(generated))('%s is what `npm run generate` writes', (file, make) => {
  const now = readGenerated(file);
  expect(make(now)).toBe(now);
});
