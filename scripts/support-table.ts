// The tables of what is translated between the formats, in Markdown, from the table that the translators use.
import type { Format } from '../src-main/gateway/formats/format.ts';
import { formats } from '../src-main/gateway/formats/formats.ts';
import {
  type Feature,
  type FormatSupport,
  requestFeatures,
  responseFeatures,
  type Support,
} from '../src-main/gateway/formats/support.ts';
import { serviceRoutes } from '../src-main/gateway/service-routes/route-table.ts';
import { providers } from '../src-main/providers/index.ts';
import { serviceRouteNames } from '../src-main/providers/service-routes.ts';

const signs: Readonly<Record<Support, string>> = { yes: '✔', changed: '≈', no: '–' };

/** Formats that support other things than the formats before them, and those that are the same but for a few things. */
const columns: Format[] = [];
const variants: { readonly format: Format; readonly of: Format }[] = [];
for (const format of Object.values(formats) as readonly Format[]) {
  if (columns.some(({ support }) => support === format.support)) continue;
  const base = columns.find(({ family }) => family === format.family);
  if (base === undefined) columns.push(format);
  else variants.push({ format, of: base });
}

type Rows = Readonly<Record<string, Support>>;

function row(key: string, { title, note }: Feature, rowsOf: (support: FormatSupport) => Rows): readonly string[] {
  const supportOf = ({ support }: Format) => rowsOf(support)[key] ?? 'no';
  const narrower = variants.filter(({ format, of }) => supportOf(format) === 'no' && supportOf(of) !== 'no');
  const notes = [note, ...narrower.map(({ format }) => `not: ${format.title}`)];
  return [title, ...columns.map((format) => signs[supportOf(format)]), notes.filter(Boolean).join('; ')];
}

function table(
  first: string,
  features: Readonly<Record<string, Feature>>,
  rowsOf: (support: FormatSupport) => Rows,
): string {
  const head = [first, ...columns.map(({ title }) => title), ''];
  return markdown([head, ...Object.entries(features).map(([key, feature]) => row(key, feature, rowsOf))]);
}

function markdown(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(Math.max(width, 3))).join(' | ')} |`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}

/** What serves the routes beside the formats, by provider and by key or account. */
function routesTable(): string {
  const services = providers.flatMap(({ row: { title }, upstream: { key, account } }) => [
    { title, of: 'key', upstream: key },
    { title, of: 'account', upstream: account },
  ]);
  const rows = serviceRouteNames.map((name) => {
    const paths = serviceRoutes.filter((route) => route.name === name).map(({ path }) => `\`${path}\``);
    const titles = (isMeant: (one: (typeof services)[number]['upstream']) => boolean | undefined) =>
      services.filter(({ upstream }) => isMeant(upstream)).map(({ title, of }) => `${title} (${of})`);
    const passes = titles((upstream) => upstream?.services?.passes.includes(name));
    const translates = titles((upstream) => upstream?.services?.translates?.includes(name));
    const list = (found: readonly string[]) => (found.length === 0 ? '–' : found.join(', '));
    return [[...new Set(paths)].join(', '), list(passes), list(translates)];
  });
  return markdown([['Route', 'As it is, in the vendor’s own form', 'By another call'], ...rows]);
}

/** All tables in Markdown, without a heading. */
const supportTables = (): string =>
  [
    table('In a request', requestFeatures, ({ request }) => request),
    table('In a response', responseFeatures, ({ response }) => response),
    routesTable(),
  ].join('\n\n');

const begin = '<!-- Made by `npm run generate`. -->';
const end = '<!-- End of the generated part. -->';

/** The page's text with the tables as they should be. */
export function withTables(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no place for the tables between ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${supportTables()}\n\n${text.slice(to)}`;
}
