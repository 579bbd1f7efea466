// What a file gains and loses: sign and tint, one column, keys masked.
import { useText } from '../i18n/i18n.ts';
import { usePrivacy } from '../state/preferences.ts';
import { maskSettings } from './mask-settings.ts';

interface DiffBoxProps {
  /** A unified diff of one file. */
  readonly diff: string;
  /** What it shows, for screen readers. */
  readonly label: string;
  /** Keys that stand in it; others are known by the names before them. */
  readonly secrets?: readonly string[];
}

const kinds = { '+': 'plus', '-': 'minus', ' ': '' } as const;

export function DiffBox({ diff, label, secrets = [] }: DiffBoxProps) {
  const t = useText();
  const isHidden = usePrivacy();
  const lines = diff.split('\n');
  const start = lines.findIndex((line) => line.startsWith('@@'));
  return (
    // A scrolling area is reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide lines are scrolled with the arrow keys
    <section className="diff-box mono" aria-label={label} tabIndex={0}>
      {(start < 0 ? [] : lines.slice(start)).map((line, at) => {
        const key = `${at}`;
        if (line.startsWith('@@')) {
          const first = Number(/\+(\d+)/.exec(line)?.[1] ?? 1);
          // A file that is shown from its beginning needs no number.
          return first <= 1 ? null : (
            <div key={key} className="diff-fold">
              {t('common.line', { line: first })}
            </div>
          );
        }
        const sign = line[0] as keyof typeof kinds | undefined;
        // An empty end of the diff, and "\ No newline at end of file".
        if (sign === undefined || !(sign in kinds)) return null;
        const spoken = sign === '+' ? t('common.lineAdded') : sign === '-' ? t('common.lineRemoved') : '';
        return (
          <div key={key} className={`diff-line ${kinds[sign]}`}>
            <span aria-hidden="true">{sign === '-' ? '−' : sign}</span>
            {spoken && <span className="hidden">{spoken}</span>}
            <span>{maskSettings(line.slice(1), secrets, isHidden)}</span>
          </div>
        );
      })}
    </section>
  );
}

/** How many lines a unified diff adds and removes. */
export function countDiffLines(diff: string): { readonly added: number; readonly removed: number } {
  const lines = diff.split('\n').filter((line) => !line.startsWith('+++') && !line.startsWith('---'));
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}
