// Two hundred logins leave memory, handles, timers and listeners where they were.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loginWorld } from '../support/login-world.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('two hundred logins in a row', async () => {
  const world = await loginWorld();
  const faults = ['ok', 'server_error', 'invalid_json', 'reset', 'ok'];
  const round = async (count: number) => {
    for (let each = 0; each < count; each += 1) {
      world.fakes.set('anthropic.token', faults[each % faults.length] as string);
      const { url, state } = await world.start('anthropic');
      if (each % 7 === 0) world.logins.cancel(state);
      else await world.approve('anthropic', url);
      world.seen.length = 0;
      world.lines.length = 0;
      (world.fakes.requests as unknown[]).length = 0;
    }
    // What is remembered for an hour is forgotten with the next login.
    world.clock.advance(3_600_001);
    world.logins.cancel((await world.start('anthropic')).state);
    collect();
    return { memory: process.memoryUsage().heapUsed, handles: handles(), listeners: process.listenerCount('warning') };
  };
  await round(40);
  const before = await round(40);
  const after = await round(200);
  expect(world.clock.pending).toBe(0);
  expect(after.handles).toBeLessThanOrEqual(before.handles + 2);
  expect(after.listeners).toBe(before.listeners);
  expect(after.memory - before.memory).toBeLessThan(4_000_000);
});

/** Sockets, servers, timers and watches that are open. */
function handles(): number {
  return process.getActiveResourcesInfo().filter((each) => !/Immediate|Tick/.test(each)).length;
}
