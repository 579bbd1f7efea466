import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogFile, logDirectory } from '../../src-main/logs/log-file.ts';
import { rotateBytes } from '../../src-main/logs/log-writer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const noon = new Date(2026, 0, 31, 12, 0, 0).getTime();
const megabyte = 1024 * 1024;

function openLog({ enabled = true, directory = path.join(tempFolder(), 'logs') } = {}) {
  const clock = new FakeClock(noon);
  const printed: string[] = [];
  const log = LogFile.open({ directory, clock, toConsole: (line) => printed.push(line) });
  log.setEnabled(enabled);
  onTestFinished(() => log.close());
  const info = (message: string) => log.sink('info', 'a.ts', message);
  return { directory, main: path.join(directory, 'main.log'), clock, printed, log, info };
}

test('a line has the documented form and a read sees it at once', async () => {
  const { log, main, info } = openLog();
  info('started');
  expect(await log.read()).toEqual({
    lines: ['[2026-01-31 12:00:00] [info] [a.ts] started'],
    'line-count': 1,
    'latest-timestamp': noon / 1_000,
  });
  expect(readFileSync(main, 'utf8')).toBe('[2026-01-31 12:00:00] [info] [a.ts] started\n');
  expect(statSync(main).mode & 0o777).toBe(0o600);
});

test('further lines of a message belong to it and cannot pass for others', async () => {
  const { log, info, clock } = openLog();
  info('first\r\n[2030-01-01 00:00:00] [error] [x.ts] forged\n\u001b[31mred\u0000');
  clock.advance(1_000);
  info('second');
  const { lines, 'latest-timestamp': latest } = await log.read();
  expect(lines).toEqual([
    '[2026-01-31 12:00:00] [info] [a.ts] first',
    '  [2030-01-01 00:00:00] [error] [x.ts] forged',
    '  \\x1b[31mred\\x00',
    '[2026-01-31 12:00:01] [info] [a.ts] second',
  ]);
  expect(latest).toBe(noon / 1_000 + 1);
});

test('user and password in addresses are not written', async () => {
  const { log, info } = openLog();
  info('proxy socks5://me:s3cr@t@host:1080/ is used');
  expect((await log.read()).lines[0]).toContain('proxy socks5://***@host:1080/ is used');
  // Also where the line is cut between the two.
  info(`${'x'.repeat(64 * 1024 - 20)} https://me:s3cret@host/`);
  expect((await log.read()).lines[1]).not.toContain('s3c');
});

test('debug lines are written only on demand', async () => {
  const { log } = openLog();
  log.sink('debug', 'a.ts', 'no');
  log.setDebug(true);
  log.sink('debug', 'a.ts', 'yes');
  expect((await log.read()).lines).toEqual(['[2026-01-31 12:00:00] [debug] [a.ts] yes']);
});

test('while it is off there is no file, and only warnings and errors reach the console', async () => {
  const { log, directory, printed, info } = openLog({ enabled: false });
  info('quiet');
  log.sink('warning', 'a.ts', 'loud');
  expect(await log.read({ after: 5 })).toEqual({ lines: [], 'line-count': 0, 'latest-timestamp': 5 });
  expect(existsSync(directory)).toBe(false);
  expect(printed).toEqual(['[2026-01-31 12:00:00] [warning] [a.ts] loud']);
  await expect(log.clear()).rejects.toMatchObject({ code: 'log_directory_missing' });
});

test('warnings and errors reach the console beside the file', async () => {
  const { log, printed, info } = openLog();
  info('quiet');
  log.sink('warning', 'a.ts', 'loud');
  expect((await log.read()).lines).toHaveLength(2);
  expect(printed).toEqual(['[2026-01-31 12:00:00] [warning] [a.ts] loud']);
});

test('switched on it has a folder to clear before the first line', async () => {
  const { log } = openLog();
  expect(await log.clear()).toBe(0);
});

test('a full file is kept under the time in UTC and a new one begun', async () => {
  const { log, directory, info } = openLog();
  const message = 'x'.repeat(60_000);
  for (let index = 0; index < 400; index += 1) {
    info(`${index} ${message}`);
    if (index % 20 === 0) await log.read({ limit: 1 });
  }
  await log.read({ limit: 1 });
  const name = `main-${new Date(noon).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  expect(readdirSync(directory).toSorted()).toEqual([`${name}.000.log`, `${name}.001.log`, 'main.log']);
  for (const file of readdirSync(directory)) {
    expect(statSync(path.join(directory, file)).size).toBeLessThanOrEqual(rotateBytes);
  }
  const lines = readdirSync(directory)
    .toSorted()
    .flatMap((file) => readFileSync(path.join(directory, file), 'utf8').trimEnd().split('\n'));
  expect(lines.map((line) => Number(line.split(' ')[4]))).toEqual(Array.from({ length: 400 }, (_, index) => index));
});

test.each([
  [2, ['main-2026-01-02T00-00-00.000.log', 'main.log']],
  [0, ['main-2026-01-01T00-00-00.000.log', 'main-2026-01-02T00-00-00.000.log', 'main.log']],
  [-1, ['main-2026-01-01T00-00-00.000.log', 'main-2026-01-02T00-00-00.000.log', 'main.log']],
])('with a limit of %i MB in all the oldest files go', async (limit, kept) => {
  const { log, directory, info } = openLog();
  mkdirSync(directory, { recursive: true });
  for (const day of ['01', '02']) {
    writeFileSync(path.join(directory, `main-2026-01-${day}T00-00-00.000.log`), 'x'.repeat(megabyte));
  }
  info('new');
  log.setMaxTotalMb(limit);
  await log.read();
  expect(readdirSync(directory).toSorted()).toEqual(kept);
});

test('clearing empties the active file, deletes rotated ones and leaves others; writing goes on at the start', async () => {
  const { log, directory, main, info } = openLog();
  info('old');
  await log.read();
  for (const name of ['main.log.1', 'main-2026-01-01T00-00-00.000.log', 'error-1.log', 'main.log.bak']) {
    writeFileSync(path.join(directory, name), 'x\n');
  }
  info('also old');
  expect(await log.clear()).toBe(2);
  expect(readdirSync(directory).toSorted()).toEqual(['error-1.log', 'main.log', 'main.log.bak']);
  info('new');
  expect((await log.read()).lines).toEqual(['[2026-01-31 12:00:00] [info] [a.ts] new']);
  expect(readFileSync(main, 'utf8')).not.toContain('\0');
});

test('a file deleted by others is made again', async () => {
  const { log, directory, info } = openLog();
  info('one');
  await log.read();
  rmSync(directory, { recursive: true });
  info('two');
  expect((await log.read())['line-count']).toBe(1);
});

test('a log that cannot be written harms nobody, is said once, and goes on when it can', async () => {
  const { log, directory, clock, printed, info } = openLog({ enabled: false });
  writeFileSync(directory, 'a file where the folder should be');
  log.setEnabled(true);
  info('one');
  await log.read();
  clock.advance(5_000);
  await log.read();
  info('two');
  await log.read();
  expect(printed).toEqual([expect.stringMatching(/^the log cannot be written: /)]);
  rmSync(directory);
  clock.advance(5_000);
  const { lines } = await log.read();
  expect(lines.map((line) => line.slice(-3))).toEqual(['one', 'two']);
});

test('a flood that the disk does not take is dropped and counted', async () => {
  const { log, directory, info } = openLog({ enabled: false });
  writeFileSync(directory, '');
  log.setEnabled(true);
  for (let index = 0; index < 100; index += 1) info('x'.repeat(60_000));
  await log.read();
  rmSync(directory);
  const { lines } = await log.read();
  expect(lines.length).toBeLessThan(80);
  expect(lines.at(-1)).toMatch(/\d+ lines were dropped because the log could not be written$/);
  info('after');
  expect((await log.read()).lines.at(-1)).toMatch(/after$/);
});

test('a full disk leaves no half lines, and later lines follow the whole ones', async () => {
  const directory = tempFolder();
  const script = `
    import { readFileSync } from 'node:fs';
    import { LogFile } from ${JSON.stringify(path.resolve('src-main/logs/log-file.ts'))};
    import { systemClock } from ${JSON.stringify(path.resolve('src-main/lib/time/clock.ts'))};
    const log = LogFile.open({ directory: ${JSON.stringify(directory)}, clock: systemClock, toConsole: console.log });
    log.setEnabled(true);
    log.sink('info', 'a.ts', 'fits');
    await log.read();
    for (let index = 0; index < 300; index += 1) log.sink('info', 'a.ts', 'x'.repeat(1_000));
    await log.read();
    console.log(readFileSync(${JSON.stringify(path.join(directory, 'main.log'))}, 'utf8').slice(22));
    process.kill(process.pid);`;
  // The limit of a file's size stands for the full disk: a write is taken in part, then refused.
  const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = spawnSync('bash', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
  expect(stdout).toMatch(/^the log cannot be written: .*EFBIG\)\n\[info\] \[a\.ts\] fits\n\n$/);

  const { main, log, info } = openLog({ directory });
  info('x'.repeat(100_000));
  await log.read();
  expect(readFileSync(main, 'utf8')).toMatch(/^\[.*fits\n\[.*x… \(cut short\)\n$/);
});

test('listeners get lines in batches, as a read would show them', async () => {
  const { log, clock, info } = openLog();
  const told: (readonly string[])[] = [];
  const stop = log.onLines((lines) => told.push(lines));
  info('one');
  info('two\nmore');
  expect(told).toEqual([]);
  clock.advance(100);
  expect(told).toEqual([(await log.read()).lines]);
  stop();
  info('three');
  clock.advance(100);
  expect(told.length).toBe(1);
});

test('closing writes what is pending', async () => {
  const { log, main, info } = openLog();
  info('last');
  await log.close();
  expect(readFileSync(main, 'utf8')).toMatch(/last\n$/);
  info('too late');
  expect((await log.read())['line-count']).toBe(1);
});

test('the folder is beside the config file unless WRITABLE_PATH is set', () => {
  expect(logDirectory('/a/config.yaml', {})).toBe('/a/logs');
  expect(logDirectory('/a/config.yaml', { WRITABLE_PATH: '/w' })).toBe('/w/logs');
});

test('an unreadable log is an error in words', async () => {
  const { log, directory } = openLog({ enabled: false });
  mkdirSync(path.join(directory, '..', 'logs', 'x'), { recursive: true });
  rmSync(directory, { recursive: true });
  writeFileSync(directory, '');
  chmodSync(directory, 0o600);
  expect(await log.read()).toEqual({ lines: [], 'line-count': 0, 'latest-timestamp': 0 });
});

test('trouble that repeats is counted, and everything else is written each time', async () => {
  const { log, clock, info } = openLog();
  for (let index = 0; index < 500; index++) {
    log.sink('warning', 'a.ts', `404 in ${index} ms`, '404');
    info('the same');
  }
  log.sink('warning', 'a.ts', 'another');
  const lines = async (text: string) => (await log.read({ limit: 2_000 })).lines.filter((line) => line.includes(text));
  expect(await lines('404 in')).toHaveLength(20);
  expect(await lines('the same')).toHaveLength(500);
  expect(await lines('another')).toHaveLength(1);
  clock.advance(10_000);
  expect((await lines('404 in')).at(-1)).toMatch(/404 in 499 ms \(and 479 more like this within 10 s\)$/);
  log.sink('warning', 'a.ts', '404 in 500 ms', '404');
  expect(await lines('404 in')).toHaveLength(22);
});

test('what is counted is told when the log closes', async () => {
  const { log, main } = openLog();
  for (let index = 0; index < 25; index++) log.sink('error', 'a.ts', 'again');
  await log.close();
  expect(readFileSync(main, 'utf8').trim().split('\n').at(-1)).toMatch(/again \(and 4 more like this within 10 s\)$/);
});
