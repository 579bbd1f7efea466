import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Rectangle, windowBounds } from '../../../src-main/electron/window/window-bounds.ts';

const laptop: Rectangle = { x: 0, y: 0, width: 1440, height: 900 };
const right: Rectangle = { x: 1440, y: 0, width: 2560, height: 1440 };

test('the first time it is centred in its defaultSize size', () => {
  expect(windowBounds(undefined, [laptop])).toEqual({ width: 1180, height: 760 });
});

test('it opens where it was, also on a second screen', () => {
  const there = { x: 2000, y: 100, width: 1600, height: 1000 };
  expect(windowBounds(there, [laptop, right])).toEqual(there);
});

test('on a screen that is gone it is centred, no larger than what is left', () => {
  const there = { x: 2000, y: 100, width: 1600, height: 1000 };
  expect(windowBounds(there, [laptop])).toEqual({ width: 1440, height: 900 });
});

test('wherever it was, its title bar can be reached', () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const size = fc.integer({ min: 1, max: 6000 });
  const rectangle = fc.record({ x: number, y: number, width: size, height: size });
  fc.assert(
    fc.property(rectangle, (remembered) => {
      const { x, y, width, height } = windowBounds(remembered, [laptop, right]);
      expect(width).toBeGreaterThanOrEqual(900);
      expect(height).toBeGreaterThanOrEqual(600);
      if (x === undefined || y === undefined) return;
      const reachable = [laptop, right].some(
        (screen) =>
          x + width > screen.x && x < screen.x + screen.width && y >= screen.y - 24 && y < screen.y + screen.height,
      );
      expect(reachable).toBe(true);
    }),
  );
});
