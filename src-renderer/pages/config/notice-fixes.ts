// What puts a notice of the config right: an edit of the text, which is reviewed and saved like any other.
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { generateKey } from '../keys/generate-key.ts';

export interface Fix {
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Kinds that ask for something to be done. The others are kept without effect. */
export const asksForAction = ({ kind }: Pick<ConfigNotice, 'kind'>): boolean =>
  kind === 'unsafe' || kind === 'misspelt';

const isExampleKey = ({ kind, path }: ConfigNotice): boolean => kind === 'unsafe' && /^api-keys\[\d+\]$/.test(path);

/** The edit for a notice; undefined where people have to decide themselves. */
export function fixOf(text: string, notice: ConfigNotice): Fix | undefined {
  const { line, column, kind, suggestion } = notice;
  const insert = kind === 'misspelt' ? suggestion : isExampleKey(notice) ? generateKey() : undefined;
  if (insert === undefined) return undefined;
  const start = text.split('\n', line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  const word = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:#,[\]{}"']+)/.exec(text.slice(start, start + 200))?.[0];
  return word === undefined ? undefined : { from: start, to: start + word.length, insert };
}

/** The text with everything put right that can be. */
export function withFixes(text: string, notices: readonly ConfigNotice[]): string {
  const fixes = notices.filter(asksForAction).flatMap((notice) => fixOf(text, notice) ?? []);
  return fixes
    .toSorted((a, b) => b.from - a.from)
    .reduce((fixed, { from, to, insert }) => fixed.slice(0, from) + insert + fixed.slice(to), text);
}
