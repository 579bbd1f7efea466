// A bar for every call of an upstream, on one axis of time: waiting, then the response, or the refusal.
import type { RequestRecord, RequestTry } from '../../../src-shared/contract/requests.ts';
import { duration } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { SourceName } from '../../components/source-name.tsx';
import { ticksFor } from '../../components/ticks.ts';
import { useText } from '../../i18n/i18n.ts';
import type { RequestNames } from '../../state/request-names.ts';

interface Part {
  readonly kind: 'wait' | 'response' | 'refused';
  /** Milliseconds from the start of the request. */
  readonly from: number;
  readonly to: number;
}

/** The parts of each try's bar. Tries follow one another; the first byte to the client came in the last of them. */
export function partsOf({ tries, first_byte_ms, total_ms }: RequestRecord): readonly (readonly Part[])[] {
  const total = total_ms ?? 0;
  const spent = tries.reduce((sum, { ms }) => sum + ms, 0);
  // What lies before the first try is waiting in the queue.
  let at = Math.max(0, total - spent);
  return tries.map((one, index) => {
    const from = at;
    const to = from + one.ms;
    at = to;
    if (one.error !== null && index < tries.length - 1) return [{ kind: 'refused', from, to }];
    if (one.error !== null && first_byte_ms === null) return [{ kind: 'refused', from, to }];
    const first = Math.min(Math.max(first_byte_ms ?? to, from), to);
    const last: Part = { kind: isRefused(one) ? 'refused' : 'response', from: first, to };
    return [{ kind: 'wait', from, to: first }, last];
  });
}

const isRefused = ({ error, status }: RequestTry) => error !== null || (status ?? 500) >= 400;

export function Tries({ record, names }: { readonly record: RequestRecord; readonly names: RequestNames }) {
  const t = useText();
  const bars = partsOf(record);
  const end = Math.max(record.total_ms ?? 0, ...bars.flat().map(({ to }) => to), 1);
  const unit = end >= 1_000 ? 1_000 : 1;
  const ticks = ticksFor(end / unit).filter((tick) => tick * unit <= end);
  const share = (ms: number) => `${(ms / end) * 100}%`;
  return (
    <section>
      <Head
        side={(['wait', 'response', 'refused'] as const).map((kind) => (
          <span key={kind} className="row">
            <span className={`swatch try-${kind}`} />
            {t(`requests.parts.${kind}`)}
          </span>
        ))}
      >
        {t('requests.tries')}
      </Head>
      <ol className="tries">
        {record.tries.map((one, index) => {
          const provider = one.source === record.source ? record.provider : null;
          const source = names.source({ ...one, provider: provider ?? one.source.replace(/-api-key$/, '') });
          const said = one.status === null ? t('requests.noAnswer') : String(one.status);
          const about = t('requests.tryAfter', {
            source: source?.name ?? one.source,
            status: said,
            time: duration(one.ms),
          });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: tries have no identity but their order.
            <li key={index}>
              <SourceName source={source} />
              <span className="try-track" role="img" aria-label={about} title={one.error ?? about}>
                {bars[index]?.map(({ kind, from, to }) => (
                  <i key={kind} className={`try-${kind}`} style={{ left: share(from), width: share(to - from) }} />
                ))}
              </span>
              <span className="row try-end">
                <span className={`tn ${isRefused(one) ? 't-error' : 'dim'}`}>{one.status ?? '–'}</span>
                <span className="tn">{duration(one.ms)}</span>
              </span>
            </li>
          );
        })}
        <li className="try-axis" aria-hidden="true">
          <span />
          <span className="second tn">
            {ticks.map((tick) => (
              <span key={tick} style={{ left: share(tick * unit) }}>
                {tick === 0 ? '0' : `${tick} ${unit === 1_000 ? 's' : 'ms'}`}
              </span>
            ))}
          </span>
          <span />
        </li>
      </ol>
    </section>
  );
}
