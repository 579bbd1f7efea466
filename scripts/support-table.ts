// Prints what is translated between the formats, from the table that the translators use; `--write` puts it into docs.
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

/** Both tables in Markdown, without a heading. */
const supportTables = (): string =>
  `${table('In a request', requestFeatures)}\n\n${table('In an answer', answerFeatures)}`;

/** The page that shows the tables. */
export const page = new URL('../docs/translation.md', import.meta.url);
const begin = '<!-- Made by `node scripts/support-table.ts --write`. -->';
const end = '<!-- End of the generated part. -->';

/** The page's text with the tables as they should be. */
export function withTables(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no place for the tables between ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${supportTables()}\n\n${text.slice(to)}`;
}

if (import.meta.main) {
  if (process.argv.includes('--write')) writeFileSync(page, withTables(readFileSync(page, 'utf8')));
  else console.log(supportTables());
}
