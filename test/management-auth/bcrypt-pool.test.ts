import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { compareSync, hashSync } from 'bcryptjs';
import { expect, onTestFinished, test } from 'vitest';
import { BcryptBusy, BcryptPool, type BcryptPoolOptions } from '../../src-main/management-auth/bcrypt-pool.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { FakeClock } from '../support/fake-clock.ts';

const cheap = hashSync('right', 4);
const dear = hashSync('right', 10);

function openPool(options?: BcryptPoolOptions) {
  const pool = new BcryptPool(options);
  onTestFinished(() => pool.close());
  return pool;
}

test('a worker compares and hashes', async () => {
  const pool = openPool();
  expect(await pool.compare('right', cheap)).toBe(true);
  expect(await pool.compare('wrong', cheap)).toBe(false);
  const hash = await pool.hash('a new key');
  expect(hash).toMatch(/^\$2[ab]\$10\$/);
  expect(compareSync('a new key', hash)).toBe(true);
});

test('there is no thread before the first key and none some seconds after the last', async () => {
  const clock = new FakeClock();
  const pool = openPool({ clock });
  expect(pool.size).toBe(0);
  await Promise.all([1, 2, 3, 4].map(() => pool.compare('right', cheap)));
  expect(pool.size).toBe(2);
  clock.advance(10_000);
  expect(pool.size).toBe(0);
  expect(await pool.compare('right', cheap)).toBe(true);
});

test('one comparison more than the queue holds is rejected, a new hash never', async () => {
  const pool = openPool({ workers: 1, waiting: 2 });
  const taken = [1, 2, 3].map(() => pool.compare('wrong', cheap));
  await expect(pool.compare('wrong', cheap)).rejects.toThrow(BcryptBusy);
  const hash = pool.hash('a new key');
  expect(await Promise.all(taken)).toEqual([false, false, false]);
  expect(compareSync('a new key', await hash)).toBe(true);
  expect(await pool.compare('right', cheap)).toBe(true);
});

test('the main thread keeps running while keys are compared', async () => {
  const pool = openPool();
  const before = getPriority();
  await pool.compare('wrong', dear);
  const onMainThread = await cpuMs(() => compareSync('wrong', dear));
  const meanwhile = await cpuMs(() => Promise.all(Array.from({ length: 8 }, () => pool.compare('wrong', dear))));
  expect(meanwhile).toBeLessThan(onMainThread / 2);
  expect(getPriority()).toBe(before);
});

test('a task that makes its worker fail is rejected and the next one is done', async () => {
  const pool = openPool({ workers: 1 });
  await expect(pool.compare('key', 'not a hash'.padEnd(60, '$'))).rejects.toThrow();
  expect(await pool.compare('right', cheap)).toBe(true);
});

test('closing rejects what still waits', async () => {
  const pool = openPool({ workers: 1 });
  const tasks = Promise.allSettled([pool.compare('wrong', dear), pool.compare('wrong', dear)]);
  await pool.close();
  expect((await tasks).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(pool.compare('right', cheap)).rejects.toThrow('closed');
});

test('a running task keeps the process alive, an idle worker does not', async () => {
  const module = new URL('../../src-main/management-auth/bcrypt-pool.ts', import.meta.url).href;
  const script = `import { BcryptPool } from ${JSON.stringify(module)};
    const pool = new BcryptPool();
    await pool.compare('wrong', ${JSON.stringify(dear)});
    console.log(await pool.compare('right', ${JSON.stringify(dear)}), pool.size);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [printed] = await once(child.stdout.setEncoding('utf8'), 'data');
  const since = performance.now();
  expect(printed).toBe('true 1\n');
  expect(await exited).toEqual([0, null]);
  // Well before the idle worker would be ended anyhow.
  expect(performance.now() - since).toBeLessThan(2000);
});
