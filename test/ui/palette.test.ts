// What the command palette finds for what is typed.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Command } from '../../src-renderer/layout/palette/command.ts';
import { findCommands } from '../../src-renderer/layout/palette/find-commands.tsx';

const command = (group: Command['group'], name: string, note = ''): Command => ({
  id: `${group}:${name}`,
  group,
  name,
  note,
  run: () => {},
});
const commands = [
  command('pages', 'Logs', 'Activity'),
  command('switches', 'Request log', 'Off'),
  command('switches', 'Debug logging', 'Off'),
  command('settings', 'Upstream proxy', 'Settings'),
  command('pages', '请求日志'),
];
const names = (query: string) =>
  findCommands(commands, query).groups.flatMap(({ items }) => items.map((item) => item.command.name));

test('an empty query keeps every command in its order', () => {
  expect(findCommands(commands, '').groups.map(({ group }) => group)).toEqual(['pages', 'switches', 'settings']);
  expect(names('')).toHaveLength(commands.length);
});

test('the best match comes first, whatever its case', () => {
  expect(names('LOG')).toEqual(['Logs', 'Request log', 'Debug logging']);
});

test('words match in any order, abbreviated, and in the note', () => {
  expect(names('proxy up')).toEqual(['Upstream proxy']);
  expect(names('reqlog')).toEqual(['Request log']);
  expect(names('off debug')).toEqual(['Debug logging']);
  expect(names('日志')).toEqual(['请求日志']);
});

test('what matches nothing finds nothing', () => {
  expect(names('zzz')).toEqual([]);
});

test.each([
  ['', ['Logs', '请求日志', 'Request log', 'Debug logging', 'Upstream proxy']],
  ['activity', ['Logs']],
  ['proxy', ['Upstream <b>proxy</b>']],
])('for %j the names are shown, matching letters in bold', (query, shown) => {
  const items = findCommands(commands, query).groups.flatMap((group) => group.items);
  expect(items.map(({ name }) => renderToStaticMarkup(createElement('i', null, name)).slice(3, -4))).toEqual(shown);
});

test('one typo is forgiven and said, in words that are long enough for it', () => {
  for (const typo of ['debbug', 'dbeug', 'dexug']) {
    const { groups, instead } = findCommands(commands, typo);
    expect([groups[0]?.items[0]?.command.name, instead], typo).toEqual(['Debug logging', 'Debug logging']);
  }
  expect(findCommands(commands, 'debug').instead).toBeUndefined();
  expect(names('zxg')).toEqual([]);
});

test('other words find a thing too, and verbs only show once something is typed', () => {
  const theme = { ...command('settings', 'Theme'), words: 'dark 主题' };
  const revoke = { ...command('keys', 'Revoke: laptop'), isVerb: true };
  const all = [...commands, theme, revoke];
  const found = (query: string) =>
    findCommands(all, query).groups.flatMap(({ items }) => items.map((item) => item.command));
  expect([found('dar'), found('主题')]).toEqual([[theme], [theme]]);
  expect(found('')).not.toContain(revoke);
  expect(found('revoke')).toEqual([revoke]);
});
