// No regular expression of the program takes more than linear time, whatever text it gets.
import { globSync, readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

// The analyser would otherwise look for a native program and a Java one.
process.env.RECHECK_SYNC_BACKEND = 'pure';

const root = new URL('../', import.meta.url).pathname;

/**
 * Patterns with counted repetitions, which are linear with a constant that the analyser does not accept. Each with the
 * text that makes it work hardest.
 */
const measured: Readonly<Record<string, (length: number) => string>> = {
  '/([a-z][a-z0-9+.-]{0,30}:\\/\\/)[^\\s/?#"\'<>]*@/gi': (length) =>
    `${'a'.repeat(31)}://`.repeat(1 + length / 80) + 'a'.repeat(length / 2),
};

interface Found {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

function expressionsIn(node: unknown, file: string, into: Found[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, regex, callee } = node as {
    type?: string;
    regex?: { pattern: string; flags: string };
    callee?: { name?: string };
  };
  if (type === 'Literal' && regex !== undefined) into.push({ file, ...regex });
  if (callee?.name === 'RegExp') into.push({ file, pattern: 'made at run time, which cannot be checked', flags: '' });
  for (const child of Object.values(node)) expressionsIn(child, file, into);
}

const all: Found[] = [];
for (const file of globSync('{src-main,src-shared}/**/*.ts', { cwd: root })) {
  expressionsIn(parseSync(file, readFileSync(root + file, 'utf8')).program, file, all);
}
const nameOf = ({ pattern, flags }: Found) => `/${pattern}/${flags}`;
const distinct = [...new Map(all.map((found) => [nameOf(found), found])).values()];

describe('regular expressions', () => {
  test('are found in the sources', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(Object.keys(measured).filter((name) => !distinct.some((found) => nameOf(found) === name))).toEqual([]);
  });

  // The analyser takes its time, and far more of it on a machine that is busy with other work.
  test('are of linear time', { timeout: 1_200_000 }, () => {
    const rest = distinct.filter((found) => measured[nameOf(found)] === undefined);
    const unsafe = rest.filter(
      ({ pattern, flags }) => checkSync(pattern, flags, { timeout: 600_000 }).status !== 'safe',
    );
    expect(unsafe.map((found) => `${found.file}: ${nameOf(found)}`)).toEqual([]);
  });

  test.each(Object.entries(measured))('%s takes no time for 64 KiB of its worst', (name, worst) => {
    const found = distinct.find((one) => nameOf(one) === name);
    const expression = new RegExp(found?.pattern ?? '', found?.flags);
    const start = performance.now();
    worst(64 * 1024).replace(expression, '');
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
