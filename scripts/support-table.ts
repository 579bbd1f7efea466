// Prints what is carried between the forms, from the table that the translators use; `--write` puts it into the README.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  answerFeatures,
  carriers,
  type Feature,
  requestFeatures,
  type Support,
} from '../src-main/gateway/formats/support.ts';

const signs: Readonly<Record<Support, string>> = { yes: '✔', changed: '≈', no: '–' };
const headings: Readonly<Record<(typeof carriers)[number], string>> = {
  chat: 'Chat',
  responses: 'Responses',
  messages: 'Messages',
  gemini: 'Gemini',
};

function row({ title, forms, not, note }: Feature): readonly string[] {
  const notes = [note, ...(not ?? []).map((name) => `not: ${name === 'codex' ? 'ChatGPT accounts' : name}`)];
  return [title, ...forms.map((form) => signs[form]), notes.filter(Boolean).join('; ')];
}

function table(first: string, features: readonly Feature[]): string {
  const head = [first, ...carriers.map((form) => headings[form]), ''];
  const rows = [head, ...features.map(row)];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(Math.max(width, 3))).join(' | ')} |`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}

/** The README's section, without its heading. */
export const carriedTable = (): string =>
  `${table('In a request', requestFeatures)}\n\n${table('In an answer', answerFeatures)}`;

const begin = '<!-- carried: made by `node scripts/support-table.ts --write` -->';
const end = '<!-- /carried -->';

/** The README with the table as it should be. */
export function withTable(readme: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The README has no place for the table between ${begin} and ${end}.`);
  return `${readme.slice(0, from + begin.length)}\n\n${carriedTable()}\n\n${readme.slice(to)}`;
}

if (import.meta.main) {
  const file = new URL('../README.md', import.meta.url);
  if (process.argv.includes('--write')) writeFileSync(file, withTable(readFileSync(file, 'utf8')));
  else console.log(carriedTable());
}
