// The words of the window: every language has every key, and every key that is used exists.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from '../../src-renderer/i18n/en/index.ts';
import { zhCn } from '../../src-renderer/i18n/zh-cn/index.ts';

function flat(node: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof node === 'string') return new Map([[prefix, node]]);
  const entries = Object.entries(node as Readonly<Record<string, unknown>>);
  return new Map(entries.flatMap(([key, value]) => [...flat(value, prefix === '' ? key : `${prefix}.${key}`)]));
}

const english = flat(en);
const chinese = flat(zhCn);
const placeholders = (text: string | undefined) =>
  [...(text ?? '').matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();

describe('simplified Chinese', () => {
  test('has every key but singular forms, and none besides', () => {
    const wanted = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(wanted.sort());
  });

  test('fills in what English fills in', () => {
    const different = [...chinese]
      .filter(([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key))))
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  test('is translated where it holds words', () => {
    // What is left of a text without what it fills in.
    const words = (text: string) => text.replace(/{{[^}]*}}/g, '');
    const latin = [...chinese].filter(([, text]) => /[a-z]/i.test(words(text)) && !/[\u4e00-\u9fff]/.test(text));
    // Names, and the terms that Chinese keeps.
    expect([...new Set(latin.map(([, text]) => text))].sort()).toEqual([
      'Fable',
      'HTTP',
      'HTTPS',
      'Haiku',
      'Opus',
      'Sonnet',
      'Token',
      'YAML',
    ]);
  });
});

test('plurals have both forms', () => {
  const one = [...english.keys()].filter((key) => key.endsWith('_one'));
  expect(one.filter((key) => !english.has(key.replace(/_one$/, '_other')))).toEqual([]);
});

const root = path.resolve(import.meta.dirname, '../../src-renderer');
const sources = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return name === 'i18n' ? [] : sources(file);
    return /\.tsx?$/.test(name) ? [readFileSync(file, 'utf8')] : [];
  });

test('no key is left over', () => {
  const code = sources(root).join('\n');
  // `t('a.b')`, `t(c ? 'a.b' : 'a.c')` and `t(\`a.${x}\`)`; for the last, everything below its beginning is used.
  const whole = new Set([...code.matchAll(/'([a-z]\w*(?:\.[\w\-/]+)+)'/gi)].map((match) => match[1]));
  const begun = [...code.matchAll(/`([a-z][\w.\-/]*)\.?\$\{/gi)].map((match) => match[1] as string);
  const unused = [...english.keys()]
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !whole.has(key) && !begun.some((start) => key.startsWith(start)));
  expect([...new Set(unused)]).toEqual([]);
});
