// Golden transcripts. The sections "from" and "upstream" are written by hand from the vendors' API documentation; the
// others are what the translators make of them, for every pair. `vitest -u` writes them again: read the diff.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { NewId, SseFrame } from '../../../src-main/gateway/formats/format.ts';
import { openTranslation } from '../../../src-main/gateway/formats/translation.ts';
import { RequestError } from '../../../src-main/gateway/model/errors/request-error.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import { readAnswer, requestFaults } from '../../conformance/gateway/formats.mjs';
import {
  type ClientForm,
  clientFormats,
  emptyRequest,
  framesOf,
  side,
  target,
  translation,
} from '../support/translations.ts';

interface Transcript {
  readonly title: string;
  /** Text by format, in the order of the file. */
  readonly inputs: ReadonlyMap<ClientForm, string>;
}

const isForm = (word: string): word is ClientForm => clientFormats.some((format) => format === word);

function parse(text: string, kind: string): Transcript {
  const [title = '', ...sections] = text.split(/^=== /m);
  const inputs = new Map<ClientForm, string>();
  for (const section of sections) {
    const [heading = '', ...lines] = section.split('\n');
    const [word = '', format = ''] = heading.split(' ');
    if (word === kind && isForm(format)) inputs.set(format, lines.join('\n').trimEnd());
  }
  return { title: title.trim(), inputs };
}

/** One section for all pairs that gave the same. */
function grouped(
  results: readonly { readonly heading: string; readonly from: string; readonly text: string }[],
): string {
  const groups = Map.groupBy(results, ({ heading, text }) => `${heading}\n${text}`);
  return [...groups.values()]
    .map((group) => `=== ${group[0]?.heading} < ${group.map(({ from }) => from).join(', ')}\n${group[0]?.text}\n`)
    .join('\n');
}

const rendered = ({ title, inputs }: Transcript, kind: string, results: string): string =>
  [`${title}\n`, ...[...inputs].map(([format, text]) => `=== ${kind} ${format}\n${text}\n`), results].join('\n');

/** Ids that are the same whatever else was numbered before. */
const idsByPrefix = (): NewId => {
  const counts = new Map<string, number>();
  return (prefix) => {
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    return `${prefix}${counts.get(prefix)}`;
  };
};

const files = (folder: string): readonly string[] => globSync(`test/gateway/golden/${folder}/*.txt`).sort();

/** Two spaces, but what fits on a line stays on it. */
function pretty(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= 110 || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const rows = Array.isArray(value)
    ? value.map((item) => inner + pretty(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pretty(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

describe('requests', () => {
  test.each(files('requests'))('%s', async (file) => {
    const transcript = parse(readFileSync(file, 'utf8'), 'from');
    const results = [...transcript.inputs].flatMap(([client, text]) =>
      clientFormats
        .filter((upstream) => upstream !== client)
        .map((upstream) => ({ heading: `to ${upstream}`, from: client, text: translated(client, upstream, text) })),
    );
    const inOrder = clientFormats.flatMap((format) => results.filter(({ heading }) => heading === `to ${format}`));
    await expect(rendered(transcript, 'from', grouped(inOrder))).toMatchFileSnapshot(`${process.cwd()}/${file}`);
  });
});

function translated(client: ClientForm, upstream: ClientForm, text: string): string {
  try {
    const { body, dropped } = translation(side(client, upstream), JSON.parse(text), {
      target: { model: 'm' },
      newId: idsByPrefix(),
    });
    expect(requestFaults(upstream, body), `${client} > ${upstream}`).toEqual([]);
    return [pretty(body), ...dropped.map(({ severity, path, reason }) => `${severity} ${path}: ${reason}`)].join('\n');
  } catch (error) {
    if (error instanceof RequestError) return `400 ${error.message}`;
    throw error;
  }
}

describe('responses', () => {
  test.each(files('answers'))('%s', async (file) => {
    const transcript = parse(readFileSync(file, 'utf8'), 'upstream');
    const results = clientFormats.flatMap((client) =>
      [...transcript.inputs]
        .filter(([upstream]) => upstream !== client)
        .map(([upstream, text]) => ({
          heading: `client ${client}`,
          from: upstream,
          text: relayed(client, upstream, text),
        })),
    );
    await expect(rendered(transcript, 'upstream', grouped(results))).toMatchFileSnapshot(`${process.cwd()}/${file}`);
  });
});

/** A line is one event: its name (or -) and its data. Other lines are comments. */
const frameOfLine = (line: string): readonly SseFrame[] => {
  const [, event, data] = /^(\S+) (.+)$/.exec(line) ?? [];
  return data === undefined || line.startsWith('#') ? [] : [{ event: event === '-' ? undefined : event, data }];
};

/** The client's stream, and in the last line the same response as whole JSON. */
function relayed(client: ClientForm, upstream: ClientForm, text: string): string {
  const open = () =>
    openTranslation(
      { ...emptyRequest, turns: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }] },
      {
        ...side(client, upstream),
        target: target({ stream: true }),
        model: 'm',
        newId: idsByPrefix(),
        created: 1_760_000_000,
        signatures: new SignatureCache(),
      },
    );
  const { reader, writer } = open();
  const events = [
    ...text
      .split('\n')
      .flatMap(frameOfLine)
      .flatMap((frame) => reader.push(frame)),
    ...reader.end(),
  ];
  const stream = events.map((event) => writer.encode(event)).join('');
  expect(readAnswer(client, true, stream).problems, `${client} < ${upstream}`).toEqual([]);
  const lines = framesOf(stream).map(({ event = '-', data }) => `${event} ${data}`);
  return [...lines, ...(events.at(-1)?.type === 'end' ? [`whole ${JSON.stringify(open().fold(events))}`] : [])].join(
    '\n',
  );
}
