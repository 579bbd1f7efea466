// Random config files as people write them, in sections of one top-level key each, and edits of them.
import fc from 'fast-check';

export interface Section {
  /** The top-level key; undefined for comments and blank lines between keys. */
  readonly key: string | undefined;
  /** Whole lines, each with its line break, comments that belong to the key included. */
  readonly lines: readonly string[];
}

export interface GeneratedConfig {
  readonly sections: readonly Section[];
  readonly lineBreak: string;
  readonly mark: string;
  readonly lastBreak: boolean;
}

/** Text that every quoting rule has to look at. */
const oddTexts = [
  'null',
  '~',
  '',
  'yes',
  'No',
  'on',
  'y',
  'n',
  'true',
  'FALSE',
  '123',
  '0x1f',
  '017',
  '1_000',
  '1e3',
  '.5',
  '1.50',
  '12:30:45',
  '2001-12-14',
  '=',
  '<<',
  '*x',
  '&x',
  '!t',
  '%d',
  '@a',
  '`b',
  '[b]',
  '{c',
  'a]',
  'a,b',
  '- d',
  '-e',
  '? f',
  ': g',
  ':h',
  'a: b',
  'a:',
  'a #b',
  '#c',
  'a#b',
  ' lead',
  'trail ',
  "it's",
  '"dq"',
  "'q'",
  'back\\slash',
  'tab\there',
  'two\nlines',
  'end\n',
  '\u0007',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u00e9漢字🎉',
  '---',
  '...',
  '--- a',
  '|',
  '>',
  'http://u:p@h:1/?a=b#c',
  'debug: true',
  '.inf',
  '-',
  '?',
  '+1',
  '0b11',
  '0o7',
];

export const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/) },
  { weight: 2, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

const word = fc.stringMatching(/^k[a-z0-9]{1,5}$/);
const comment = fc.constantFrom('', '', '', ' # note', '   # api-keys: no', '\t# tab');
const noted = (line: string, note: string): string => line + note;

function quoted(text: string, style: number): string {
  if (style === 1) return `"${text}"`;
  return style === 2 ? `'${text}'` : text;
}
const item = fc
  .tuple(fc.oneof(word, fc.constantFrom('123', 'true', '1.50', '2001-12-14')), fc.integer({ min: 0, max: 2 }))
  .map(([text, style]) => quoted(text, style));

const flag = fc
  .tuple(fc.constantFrom('false', 'true', 'yes', 'Off'), fc.constantFrom(' ', '   ', '\t'), comment)
  .map(([value, gap, note]) => (key: string) => [noted(`${key}:${gap}${value}`, note)]);
const number = fc
  .tuple(fc.constantFrom('3', '0x10', '017', '3.7', '1_0'), comment)
  .map(([value, note]) => (key: string) => [noted(`${key}: ${value}`, note)]);
const text = fc.tuple(item, comment, fc.integer({ min: 0, max: 5 })).map(([value, note, form]) => (key: string) => {
  if (form === 1)
    return [`${key}: |${note.startsWith(' ') ? note : ''}`, '  line one', '', '   # no comment', '  api-keys: none'];
  if (form === 2) return [`${key}: >-`, '    folded', '    text', ''];
  if (form === 3) return [`${key}:${note}`, `  ${value}`];
  if (form === 4) return [`${key}: "two`, '  debug: lines"'];
  return [noted(`${key}: ${value}`, note)];
});

const list = fc
  .record({
    items: fc.array(fc.tuple(item, comment, fc.boolean(), fc.constantFrom(' ', '   ')), { maxLength: 5 }),
    indent: fc.constantFrom('', '  ', '    '),
    form: fc.integer({ min: 0, max: 6 }),
    note: comment,
  })
  .map(({ items, indent, form, note }) => (key: string) => {
    const texts = items.map(([value]) => value);
    if (form === 0) return [noted(`${key}: [${texts.join(', ')}]`, note)];
    if (form === 1 && texts.length > 0)
      return [
        `${key}: [`,
        ...texts.map((value, at) => `    ${value}${at < texts.length - 1 ? ',' : ''}${items[at]![1]}`),
        `  ]${note}`,
      ];
    if (items.length === 0) return [noted(key + (form === 2 ? ': ~' : ':'), note)];
    return [
      noted(`${key}:`, note),
      ...items.flatMap(([value, own, above, gap], at) => [
        ...(above ? [`${indent}# above ${at}`] : []),
        ...(form === 3 && at === 1 ? [''] : []),
        ...(form === 4 && at === 1 ? [`${indent}- ~`] : []),
        noted(`${indent}-${gap}${value}`, own),
      ]),
    ];
  });

const entries = fc
  .record({
    keys: fc.uniqueArray(fc.tuple(word, word, comment, fc.integer({ min: 0, max: 4 })), {
      maxLength: 4,
      selector: ([key]) => key,
    }),
    indent: fc.constantFrom('', '  '),
  })
  .map(({ keys, indent }) => (key: string) => [
    keys.length === 0 ? `${key}: []` : `${key}:`,
    ...keys.flatMap(([name, url, note, form]) => {
      if (form === 0) return [`${indent}- {api-key: ${name}, base-url: "${url}"}${note}`];
      if (form === 1)
        return [
          `${indent}-`,
          `${indent}    base-url: ${url}`,
          `${indent}    # inside`,
          `${indent}    api-key: ${name}${note}`,
        ];
      const models =
        form === 2
          ? [`${indent}  models:`, `${indent}  - name: m1 # first`, `${indent}    alias: a1`, `${indent}  - {name: m2}`]
          : [];
      const heads = form === 3 ? [`${indent}  headers: {X-A: '1', X-B: "2"}`, `${indent}  x-own: 3`] : [];
      return [`${indent}- api-key: ${name}${note}`, `${indent}  base-url: ${url}`, ...models, ...heads];
    }),
  ]);

const nested = fc.tuple(fc.boolean(), comment, fc.constantFrom('  ', '    ')).map(
  ([flow, note, indent]) =>
    (key: string) =>
      flow
        ? [noted(`${key}: {switch-project:   false, switch-preview-model: yes}`, note)]
        : [
            `${key}:`,
            `${indent}# inner`,
            noted(`${indent}switch-project: true`, note),
            '',
            `${indent}x-deep: {a: [1,  2]}`,
          ],
);

const unknown = fc
  .constantFrom(
    ['%: {deep: [1,  2,   {a: b}]}'],
    ['%: &anchor-% {k: v, l: [1]}', '%-use: *anchor-%'],
    ['%:', '   base: &b-% {z: 1}', '   use:', '     <<: *b-%', '     y: 2'],
    ['"%": |+', '  kept', '', ''],
    ['? %', ': value'],
    ['%:', '- a', '- - b', '  - c', '-', '  d: e'],
    ["%: 'api-keys: [x]'  # debug: true"],
    ['%: !!str 12'],
  )
  .map((lines) => (key: string) => lines.map((line) => line.replaceAll('%', key)));

// An indented comment directly below a key belongs to that key, so it is never the first line here.
const between = fc
  .tuple(
    fc.constantFrom('', '# comment', '# debug: true'),
    fc.array(fc.constantFrom('', '# comment', ' # odd place'), { maxLength: 2 }),
  )
  .map(([first, rest]) => [first, ...rest, '']);

const writers = [
  ...['debug', 'ws-auth', 'request-log'].map((key) => ({ key, body: flag })),
  ...['request-retry', 'max-retry-interval'].map((key) => ({ key, body: number })),
  ...['proxy-url', 'auth-dir', 'host'].map((key) => ({ key, body: text })),
  ...['api-keys', 'generative-language-api-key'].map((key) => ({ key, body: list })),
  ...['claude-api-key', 'codex-api-key'].map((key) => ({ key, body: entries })),
  { key: 'quota-exceeded', body: nested },
  ...['x-one', 'x-two', 'x-three'].map((key) => ({ key, body: unknown })),
];

const section = fc
  .constantFrom(...writers)
  .chain(({ key, body }) => fc.record({ key: fc.constant(key), write: body, above: fc.boolean() }));

export const generatedConfig: fc.Arbitrary<GeneratedConfig> = fc
  .record({
    parts: fc.uniqueArray(section, { minLength: 1, maxLength: 9, selector: (part) => part.key }),
    gaps: fc.array(fc.option(between), { minLength: 10, maxLength: 10 }),
    lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
    mark: fc.constantFrom('', '', '\ufeff'),
    lastBreak: fc.boolean(),
  })
  .map(({ parts, gaps, lineBreak, mark, lastBreak }) => ({
    lineBreak,
    mark,
    lastBreak,
    sections: parts.flatMap((part, at) => {
      const gap = gaps[at];
      const lines = [...(part.above && gap ? ['# about the key below'] : []), ...part.write(part.key)];
      const own = { key: part.key, lines: lines.map((line) => line + lineBreak) };
      return gap ? [{ key: undefined, lines: gap.map((line) => line + lineBreak) }, own] : [own];
    }),
  }));

/** The text of some of the sections. */
export function textOf(config: GeneratedConfig, from = 0, to = config.sections.length): string {
  const whole = config.sections
    .slice(from, to)
    .flatMap((part) => part.lines)
    .join('');
  const cut = to === config.sections.length && !config.lastBreak && whole.endsWith(config.lineBreak);
  return (from === 0 ? config.mark : '') + (cut ? whole.slice(0, -config.lineBreak.length) : whole);
}

const keyEntry = fc.record(
  {
    'api-key': word,
    'base-url': oddText,
    headers: fc.dictionary(word, oddText, { maxKeys: 2 }),
    models: fc.array(fc.record({ name: word, alias: oddText }), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['api-key'] },
);

/** One top-level key and its new value; `undefined` deletes. A function builds the value out of the old one. */
export const generatedChange = fc.oneof(
  fc.record({
    key: fc.constantFrom('debug', 'ws-auth', 'request-log'),
    value: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    key: fc.constantFrom('request-retry', 'max-retry-interval'),
    value: fc.option(fc.integer(), { nil: undefined }),
  }),
  fc.record({ key: fc.constantFrom('proxy-url', 'auth-dir', 'host'), value: fc.option(oddText, { nil: undefined }) }),
  fc.record({
    key: fc.constantFrom('api-keys', 'generative-language-api-key'),
    value: fc.option(fc.array(oddText, { maxLength: 5 }), { nil: undefined }),
  }),
  fc.record({
    key: fc.constantFrom('claude-api-key', 'codex-api-key'),
    value: fc.option(fc.array(keyEntry, { maxLength: 3 }), { nil: undefined }),
  }),
  fc.record({
    key: fc.constant('quota-exceeded'),
    value: fc.option(fc.record({ 'switch-project': fc.boolean(), 'switch-preview-model': fc.boolean() }), {
      nil: undefined,
    }),
  }),
);

/** How a list is made out of the old one: which old items stay, in which order, and what is added where. */
export const generatedShuffle = fc.record({
  key: fc.constantFrom('api-keys', 'generative-language-api-key', 'claude-api-key', 'codex-api-key'),
  order: fc.array(fc.nat(6), { maxLength: 7 }),
  inOrder: fc.boolean(),
  texts: fc.array(oddText, { minLength: 3, maxLength: 3 }),
});
