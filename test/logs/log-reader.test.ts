import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localStamp } from '../../src-main/lib/time/local-time.ts';
import { lineTime } from '../../src-main/logs/log-line.ts';
import { type LogPage, type LogQuery, LogReader } from '../../src-main/logs/log-reader.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { tempFolder } from '../support/temp-folder.ts';

const base = Math.floor(new Date(2026, 0, 31, 12).getTime() / 1_000);
const at = (seconds: number, text = 'x') => `[${localStamp((base + seconds) * 1_000)}] [info] [a.ts] ${text}`;

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

/** The documented rules, line by line over everything. `texts` oldest first. */
function reference(texts: readonly string[], { after = 0, limit }: LogQuery): LogPage {
  const lines: string[] = [];
  let [count, newest, included] = [0, 0, after <= 0];
  for (const text of texts) {
    const own = text.split('\n');
    if (own.at(-1) === '') own.pop();
    for (const raw of own) {
      const line = raw.replace(/\r+$/, '');
      const time = lineTime(line);
      count += 1;
      newest = Math.max(newest, time);
      if (time > 0) included = after <= 0 || time > after;
      if (included) lines.push(line);
    }
  }
  const latest = Math.max(newest, after, 0);
  return { lines: limit === undefined ? lines : lines.slice(-limit), 'line-count': count, 'latest-timestamp': latest };
}

const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.string({ maxLength: 8 }))
      .map(([s, t]) => at(s, t.replaceAll('\n', ''))),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '  continued',
      'x\r\r',
      '[2026-02-31 10:00:00] no such day',
      '[2026',
      'é'.repeat(30),
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 400_000 }).map((length) => `${at(3)}${'y'.repeat(length)}`) },
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
const query = fc.record({
  after: fc.option(fc.integer({ min: base - 1, max: base + 8 }), { nil: undefined }),
  limit: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
});

test('any log, in any order of times, reads as the documented rules say, also when it grows and rotates', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      text,
      text,
      fc.array(fc.tuple(text, query), { maxLength: 4 }),
      async (oldest, older, active, steps) => {
        const folder = folderOf({
          'main-2026-01-01T00-00-00.000.log': oldest,
          'main.log.7': older,
          'main.log': active,
        });
        const reader = new LogReader(folder);
        const texts = [oldest, older, active];
        for (const [index, [added, wanted]] of steps.entries()) {
          if (index === 1) {
            renameSync(path.join(folder, 'main.log'), path.join(folder, 'main.log.3'));
            texts.push('');
          }
          appendFileSync(path.join(folder, 'main.log'), added);
          texts.push((texts.pop() as string) + added);
          expect(await reader.read(wanted)).toEqual(reference(texts, wanted));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('files are read oldest first: by the time in the name, then by falling number, the active one last', async () => {
  const folder = folderOf({
    'main.log': 'active\n',
    'main.log.2': 'two\n',
    'main.log.10': 'ten\n',
    'main-2024-05-21T12-00-00.000.log': 'newer\n',
    'main-2024-05-20T12-00-00.500.log': 'old, later in its second\n',
    'main-2024-05-20T12-00-00.000.log': 'old\n',
    'main-2024-05-19T12-00-00.log.gz': 'raw\n',
    'main-2024-13-20T12-00-00.log': 'no such month\n',
    'main.log.bak': 'no\n',
    'other.log': 'no\n',
    'v1-messages-2025-01-01T000000-000000001.log': 'no\n',
  });
  mkdirSync(path.join(folder, 'main.log.3'));
  expect((await new LogReader(folder).read({})).lines).toEqual([
    'raw',
    'old',
    'old, later in its second',
    'newer',
    'ten',
    'two',
    'active',
  ]);
});

test('a file replaced by another of any size is read again', async () => {
  const folder = folderOf({ 'main.log': `${at(0)}\n${at(1)}\n` });
  const reader = new LogReader(folder);
  expect((await reader.read({}))['line-count']).toBe(2);
  writeFileSync(path.join(folder, 'main.log'), '');
  expect((await reader.read({}))['line-count']).toBe(0);
  writeFileSync(path.join(folder, 'main.log'), 'one\ntwo\n');
  await reader.read({});
  writeFileSync(path.join(folder, 'main.log'), 'quite another beginning\n and more\n');
  expect(await reader.read({})).toMatchObject({ lines: ['quite another beginning', ' and more'], 'line-count': 2 });
});

test('a line that is still being written counts once', async () => {
  const folder = folderOf({ 'main.log': 'one\ntw' });
  const reader = new LogReader(folder);
  expect(await reader.read({})).toMatchObject({ lines: ['one', 'tw'], 'line-count': 2 });
  appendFileSync(path.join(folder, 'main.log'), 'o\nthree');
  expect(await reader.read({})).toMatchObject({ lines: ['one', 'two', 'three'], 'line-count': 3 });
});

test('a line of 30 MB is cut short, and the lines around it are as they were', async () => {
  const mebibytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
  const folder = folderOf({ 'main.log': `${at(1, 'before')}\n${at(2, mebibytes(30))}\n${at(3, 'after')}\n` });
  const reader = new LogReader(folder);
  const cut = expect.stringMatching(/^\[.{19}\] \[info\] \[a\.ts\] x{60000,65536}… \(cut short\)$/);
  expect(await reader.read({})).toEqual({
    lines: [at(1, 'before'), cut, at(3, 'after')],
    'line-count': 3,
    'latest-timestamp': base + 3,
  });
  expect((await reader.read({ limit: 1 })).lines).toEqual([at(3, 'after')]);
  // Another one that is not complete yet, and what follows its end.
  const file = path.join(folder, 'main.log');
  appendFileSync(file, at(4, mebibytes(9)));
  expect((await reader.read({ limit: 2 })).lines).toEqual([at(3, 'after'), expect.stringContaining('(cut short)')]);
  appendFileSync(file, `${mebibytes(1)}\n${at(5, 'last')}\n`);
  expect(await reader.read({ after: base + 2 })).toMatchObject({
    lines: [at(3, 'after'), expect.stringContaining('(cut short)'), at(5, 'last')],
    'line-count': 5,
  });
});

test('of a log of 50 MB a read without a limit returns the newest 8 MB', async () => {
  const folder = folderOf({});
  const many = Array.from({ length: 500 * 1024 }, (_, index) =>
    at(Math.floor(index / 1_000), `line ${index}`.padEnd(60)),
  );
  writeFileSync(path.join(folder, 'main.log'), `${many.join('\n')}\n`);
  const page = await new LogReader(folder).read({});
  expect(page['line-count']).toBe(many.length);
  expect(page.lines).toEqual(many.slice(-page.lines.length));
  expect(page.lines.join('\n').length).toBeGreaterThan(7 * 1024 * 1024);
  expect(page.lines.join('\n').length).toBeLessThan(9 * 1024 * 1024);
});

test('near the end of a long log a read costs what is new', async () => {
  const folder = folderOf({});
  const file = path.join(folder, 'main.log');
  const many = Array.from({ length: 100_000 }, (_, index) => at(Math.floor(index / 100), `line ${index}`));
  writeFileSync(file, `${many.join('\n')}\n`);
  const reader = new LogReader(folder);
  expect((await reader.read({})).lines).toEqual(many);
  expect(await reader.read({ limit: 3 })).toEqual({
    lines: many.slice(-3),
    'line-count': 100_000,
    'latest-timestamp': base + 999,
  });
  expect((await reader.read({ after: base + 989 })).lines).toEqual(many.slice(-1_000));
  // The best of several: the first ones are slower.
  const times: number[] = [];
  for (let round = 1; round <= 5; round += 1) {
    appendFileSync(file, `${at(2_000 + round)}\n`);
    let page: unknown;
    times.push(
      await cpuMs(async () => {
        page = await reader.read({ after: base + 1_999 + round });
      }),
    );
    expect(page).toEqual({
      lines: [at(2_000 + round)],
      'line-count': 100_000 + round,
      'latest-timestamp': base + 2_000 + round,
    });
  }
  expect(Math.min(...times)).toBeLessThan(50);
});

test.each([
  ['[2026-01-31 12:00:00] x', 0],
  ['2026-01-31 12:00:00', 0],
  ['2026-01-31 12:00:07.5 more', 7],
])('the time of %j is read', (beginning, seconds) => {
  expect(lineTime(beginning)).toBe(base + seconds);
});

test.each([
  '',
  '[',
  '[[2026-01-31 12:00:00]',
  ' 2026-01-31 12:00:00',
  '2026-1-31 12:00:00',
  '2026-02-30 12:00:00',
  '2026-00-10 12:00:00',
  '2026-01-31 24:00:00',
  '2026-01-31 12:60:00',
  '0026-01-31 12:00:00',
  '1960-01-31 12:00:00',
])('%j has no time', (beginning) => {
  expect(lineTime(beginning)).toBe(0);
});
