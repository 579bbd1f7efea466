import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockOf, removeDeadLocks, withLock } from '../../../src-main/lib/files/file-lock.ts';
import { ownIdentity } from '../../../src-main/lib/files/process-identity.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const program = path.resolve(import.meta.dirname, '../../support/lock-process.ts');

function lockProcess(lock: string, counter: string, rounds: string): ChildProcess {
  const child = spawn(process.execPath, [program, lock, counter, rounds], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function heldByAnother(lock: string): Promise<ChildProcess> {
  const child = lockProcess(lock, '', 'hold');
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const newLock = () => lockOf(path.join(tempFolder(), 'thing.json'));

test('what several processes count under a lock is counted completely', async () => {
  const lock = newLock();
  const counter = path.join(path.dirname(lock), 'counter');
  writeFileSync(counter, '0');
  const children = Array.from({ length: 4 }, () => lockProcess(lock, counter, '200'));
  await Promise.all(children.map((child) => once(child, 'exit')));
  expect(readFileSync(counter, 'utf8')).toBe('800');
  expect(readdirSync(path.dirname(lock))).toEqual(['counter']);
});

test('two in one process take turns, and what fails gives the lock back', async () => {
  const lock = newLock();
  const order: string[] = [];
  const first = withLock(lock, async () => {
    order.push('first');
    await new Promise((resolve) => setImmediate(resolve));
    order.push('first ends');
    throw new Error('no');
  });
  const second = withLock(lock, () => void order.push('second'));
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['first', 'first ends', 'second']);
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a killed process is taken over at once, by one of those who wait', async () => {
  const lock = newLock();
  const child = await heldByAnother(lock);
  let inside = 0;
  let most = 0;
  const waiting = Array.from({ length: 20 }, () =>
    withLock(lock, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    }),
  );
  expect(most).toBe(0);
  await kill(child);
  await Promise.all(waiting);
  expect(most).toBe(1);
  expect(readdirSync(path.dirname(lock))).toEqual([]);
});

test('a process that runs keeps its lock, and waiting for it can be ended', async () => {
  const lock = newLock();
  await heldByAnother(lock);
  await expect(withLock(lock, () => {}, { timeoutMs: 100 })).rejects.toThrow('held by another program');
  const stop = new AbortController();
  const waiting = withLock(lock, () => {}, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(existsSync(lock)).toBe(true);
});

test('the id of a killed process that a new one has got does not keep its lock', async () => {
  const lock = newLock();
  const child = await heldByAnother(newLock());
  const holder = { ...ownIdentity, pid: child.pid, started: '1', id: 'a' };
  writeFileSync(lock, JSON.stringify(holder));
  let ran = false;
  await withLock(lock, () => {
    ran = true;
  });
  expect(ran).toBe(true);
});

test('a lock cut short by a kill is taken over', async () => {
  const lock = newLock();
  writeFileSync(lock, '');
  await withLock(lock, () => expect(readFileSync(lock, 'utf8')).not.toBe(''));
});

test('a missing directory holds nobody up', async () => {
  await expect(withLock(path.join(tempFolder(), 'gone', '.a.lock'), () => 'ran')).resolves.toBe('ran');
});

test('a start removes the locks of dead processes and leaves those in use', async () => {
  const folder = tempFolder();
  const inUse = path.join(folder, '.used.lock');
  await heldByAnother(inUse);
  const dead = await heldByAnother(path.join(folder, '.dead.lock'));
  await kill(dead);
  const foreign = JSON.stringify({ ...ownIdentity, machine: 'elsewhere', id: 'a' });
  for (const name of ['.foreign.lock', '.foreign-old.lock', '.x.lock.takeover']) {
    writeFileSync(path.join(folder, name), foreign);
  }
  writeFileSync(path.join(folder, 'mine.lock'), 'a file of the user');
  const old = new Date(Date.now() - 7_200_000);
  utimesSync(path.join(folder, '.foreign-old.lock'), old, old);
  utimesSync(path.join(folder, '.x.lock.takeover'), old, old);
  removeDeadLocks(folder);
  expect(readdirSync(folder).sort()).toEqual(['.foreign.lock', '.used.lock', 'mine.lock']);
});

test('what guards a takeover stays while its process runs, whatever clock its time is from', async () => {
  const lock = newLock();
  const guard = `${lock}.takeover`;
  const dead = await heldByAnother(lock);
  await kill(dead);
  const taker = await heldByAnother(guard);
  const skewed = new Date(Date.now() - 60_000);
  utimesSync(guard, skewed, skewed);
  await expect(withLock(lock, () => {}, { timeoutMs: 100 })).rejects.toThrow('held by another program');
  expect(existsSync(guard)).toBe(true);
  await kill(taker);
  const ahead = new Date(Date.now() + 3_600_000);
  utimesSync(guard, ahead, ahead);
  await expect(withLock(lock, () => 'ran', { timeoutMs: 5_000 })).resolves.toBe('ran');
});
