import { expect, test } from 'vitest';
import { AppEvents } from '../../src-main/events/app-events.ts';

test('a listener that throws does not silence the others, and is reported', () => {
  const errors: unknown[] = [];
  const events = new AppEvents((error) => errors.push(error));
  const seen: number[] = [];
  events.on(() => {
    throw new Error('broken');
  });
  events.on((event) => seen.push(event.revision));
  events.publish('log', { lines: [] }, { kind: 'app' });
  expect([seen, errors.length]).toEqual([[1], 1]);
});

test('a disposed listener hears nothing, and disposing twice is harmless', () => {
  const events = new AppEvents((error) => expect.unreachable(String(error)));
  const stop = events.on(() => expect.unreachable());
  stop();
  stop();
  events.publish('log', { lines: [] }, { kind: 'app' });
  expect(events.revision).toBe(1);
});
