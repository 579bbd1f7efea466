// Whatever a settings file looks like: only our keys are written, and taking them out gives the same bytes back.

import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { applyAssignments } from '../../src-main/agents/edits/apply.ts';
import type { Assignment } from '../../src-main/agents/edits/operation.ts';
import { undoOperations } from '../../src-main/agents/edits/undo.ts';
import { dotenvFormat } from '../../src-main/agents/formats/dotenv.ts';
import type { TextFormat } from '../../src-main/agents/formats/format.ts';
import { jsonFormat } from '../../src-main/agents/formats/json.ts';
import { tomlFormat } from '../../src-main/agents/formats/toml.ts';
import { Problem } from '../../src-shared/problem.ts';

const strict = jsonFormat({ comments: false, trailingComma: false, mark: true });
const lenient = jsonFormat({ comments: true, trailingComma: true, mark: true });

const assignments: readonly Assignment[] = [
  { steps: ['model'], value: 'our-model' },
  { steps: ['env', 'KEY'], value: 'our-key' },
  { steps: ['env', 'OLD'], value: undefined },
  { steps: ['providers', 'ours'], value: { url: 'http://127.0.0.1:1/v1', models: ['a'], name: 'Ours' } },
];
const withList: readonly Assignment[] = [
  ...assignments,
  { steps: ['list', { find: { id: 'ours' } }], value: { id: 'ours', key: 'our-key' } },
];

const name = fc.constantFrom('model', 'env', 'providers', 'list', 'KEY', 'OLD', 'ours', 'a', 'b.c', 'ü', 'x y', '"q"');
const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean());
const table = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 4 });
const document = fc.record(
  {
    model: scalar,
    env: fc.dictionary(name, fc.string({ maxLength: 6 }), { maxKeys: 3 }),
    providers: fc.dictionary(name, table, { maxKeys: 3 }),
    list: fc.array(table, { maxLength: 3 }),
    other: table,
    zz: scalar,
  },
  { requiredKeys: [] },
);

/** JSON in the styles that people and programs write, here and there with comments and commas behind the last value. */
const jsonText = (comments: boolean) =>
  fc
    .record({
      document,
      indent: fc.constantFrom('', '  ', '    ', '\t'),
      lineBreak: fc.constantFrom('\n', '\r\n'),
      mark: fc.boolean(),
      end: fc.constantFrom('', '\n', '\n\n'),
      comma: fc.boolean(),
      comment: fc.constantFrom('', ' // "model": {', ' /* , } */'),
    })
    .map(({ document: content, indent, lineBreak, mark, end, comma, comment }) => {
      let text = JSON.stringify(content, null, indent) + end;
      if (comments && indent !== '') {
        // Behind values only: never inside of a string.
        if (comma) text = text.replace(/([^\s,{[])\n(\s*[}\]])/g, '$1,\n$2');
        text = text.replaceAll(/(true|false|\d)(,?)\n/g, `$1$2${comment}\n`);
      }
      return (mark ? '\ufeff' : '') + text.replaceAll('\n', lineBreak);
    });

const tomlKey = fc.constantFrom('model', 'env', 'KEY', 'OLD', 'a', '"b.c"', "'x y'", '"ü"', 'ours');
const tomlValue = fc.constantFrom(
  ...['"text"', '\'model = "x"\'', '1', 'true', '1979-05-27', '[1, 2]', '[\n  "a", # one\n  "b",\n]', '{ a = 1 }'],
  ...['"""\n[model]\nmodel = 1\n"""', "'''\n# x\n'''", '"a # b"', '{}', '0xff', 'inf', '"\\u00fc\\""'],
);
const tomlLine = fc
  .record({
    key: tomlKey,
    value: tomlValue,
    equals: fc.constantFrom(' = ', '=', '\t=\t'),
    comment: fc.constantFrom('', ' # note', '\n# below', '\n'),
    dotted: fc.constantFrom('', 'env.', 'providers.x.', 'deep.'),
  })
  .map(({ key, value, equals, comment, dotted }) => `${dotted}${key}${equals}${value}${comment}`);
const tomlHead = fc.constantFrom(
  ...[
    '[env]',
    '[providers]',
    '[providers.x]',
    '[ providers . "ours" ]',
    '[other]',
    '[[items]]',
    '[items.sub]',
    '# only',
  ],
);
const tomlText = fc
  .record({
    root: fc.array(tomlLine, { maxLength: 3 }),
    tables: fc.array(fc.tuple(tomlHead, fc.array(tomlLine, { maxLength: 2 })), { maxLength: 4 }),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    end: fc.constantFrom('', '\n'),
    mark: fc.boolean(),
  })
  .map(({ root, tables, lineBreak, end, mark }) => {
    const lines = [...root, ...tables.flatMap(([head, pairs]) => [head, ...pairs])];
    return (mark ? '\ufeff' : '') + (lines.join('\n') + end).replaceAll('\n', lineBreak);
  })
  .filter((text) => {
    try {
      parseToml(text.replace(/^\ufeff/, ''));
      return true;
    } catch {
      return false;
    }
  });

const envText = fc
  .array(
    fc.constantFrom(
      ...[
        'A=1',
        'export model="x" # mine',
        'model=',
        "KEY='a b'",
        '# model=no',
        '',
        'MULTI="a\nmodel=no\n"',
        ' b = c #d',
      ],
    ),
    { maxLength: 5 },
  )
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((lineBreak) => lines.join('\n').replaceAll('\n', lineBreak)));
const envAssignments: readonly Assignment[] = [
  { steps: ['model'], value: 'http://127.0.0.1:1' },
  { steps: ['KEY'], value: 'a key # with marks' },
];

/** What is written; `undefined` where the file holds something else than a settings file would. */
function applied(format: TextFormat, text: string, wanted: readonly Assignment[]) {
  try {
    return applyAssignments(format, text, wanted);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** `edit` makes what another program makes of the file; it must not touch what is ours. */
function check(format: TextFormat, text: string, wanted: readonly Assignment[], edit: (text: string) => string): void {
  const result = applied(format, text, wanted);
  if (result === undefined) return;
  const { operations } = result;
  expect(undoOperations(format, result.text, operations)).toEqual({ text, kept: [] });
  expect(undoOperations(format, edit(result.text), operations).text).toBe(edit(text));
  expect(undoOperations(format, otherLineBreaks(result.text), operations).text).toBe(otherLineBreaks(text));
  const twice = applyAssignments(format, result.text, wanted);
  expect(twice.text).toBe(result.text);
}

const same = (text: string) => text;

/** As an editor of another system saves it. */
const otherLineBreaks = (text: string) =>
  text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
const runs = { numRuns: 400 };

test('JSON comes back byte for byte', () => {
  fc.assert(
    fc.property(jsonText(false), (text) => check(strict, text, withList, same)),
    runs,
  );
});

test('JSON with comments and trailing commas comes back byte for byte', () => {
  fc.assert(
    fc.property(jsonText(true), (text) => check(lenient, text, withList, same)),
    runs,
  );
});

test('after a program has reprinted JSON, all but ours is left', () => {
  fc.assert(
    fc.property(jsonText(true), (text) => {
      const result = applied(lenient, text, withList);
      if (result === undefined) return;
      const printed = JSON.stringify(lenient.parse(result.text), null, 1);
      const { text: left } = undoOperations(lenient, printed, result.operations);
      expect(lenient.parse(left)).toEqual(lenient.parse(text));
    }),
    runs,
  );
});

test('TOML comes back byte for byte, also when tables are added below', () => {
  const below = (text: string) => `${text}\n[zz]\nx = 1\n`;
  fc.assert(
    fc.property(tomlText, fc.boolean(), (text, grows) => check(tomlFormat, text, assignments, grows ? below : same)),
    runs,
  );
});

test('a file of variables comes back byte for byte', () => {
  fc.assert(
    fc.property(envText, (text) => check(dotenvFormat, text, envAssignments, same)),
    runs,
  );
});
