// What the log says of a request: its lines name the model, and stand between its start and its end.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { maskText } from '../../components/mask.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useSetting } from '../../state/settings.ts';

/** The newest lines, which hold the last minutes of a busy log. */
const searchedLines = 5_000;
const maxShown = 20;
const head = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)[^\]]*\] \[(\w+)\s*\] (?:\[[^\]]+\] )?(.*)$/;

export interface ExcerptLine {
  readonly time: string;
  readonly level: string;
  readonly text: string;
}

/** Times of the log are whole seconds of the local clock. */
export function linesOf(record: RequestRecord, lines: readonly string[]): readonly ExcerptLine[] {
  const from = Math.floor(Date.parse(record.started_at) / 1_000) * 1_000;
  const to = record.finished_at === null ? Number.POSITIVE_INFINITY : Date.parse(record.finished_at) + 1_000;
  const names = [record.model, record.model_sent].filter((name): name is string => Boolean(name));
  return lines.flatMap((line) => {
    const match = head.exec(line);
    if (match === null) return [];
    const [, date = '', time = '', level = '', text = ''] = match;
    const at = new Date(`${date}T${time}`).getTime();
    const isAbout = text.includes(record.id) || names.some((name) => text.includes(name));
    return at >= from && at <= to && isAbout ? [{ time, level, text }] : [];
  });
}

export function LogExcerpt({ record }: { readonly record: RequestRecord }) {
  const t = useText();
  const privacy = usePrivacy();
  const isWritten = useSetting('logging-to-file') === true;
  const { data } = useQuery({
    queryKey: ['log-excerpt', record.id, record.state],
    queryFn: () => call('logs.get', { limit: searchedLines }),
    enabled: isWritten,
    gcTime: 0,
  });
  const lines = linesOf(record, data?.lines ?? []).slice(0, maxShown);
  if (lines.length === 0) return null;
  return (
    <section>
      <Head side={<Link to="/logs">{t('requests.openLogs')}</Link>}>{t('requests.logLines')}</Head>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className="sunken log-excerpt" tabIndex={0} aria-label={t('requests.logLines')}>
        {lines.map(({ time, level, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: equal lines can follow one another.
          <code key={index}>
            <span className="dim">{time}</span>
            <span className={/^warn/.test(level) ? 't-warn' : level === 'error' ? 't-error' : ''}>
              {privacy ? maskText(text) : text}
            </span>
          </code>
        ))}
      </section>
    </section>
  );
}
