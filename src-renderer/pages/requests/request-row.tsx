// One request of the list. What it says is redrawn only when its own record changes.
import { memo, useSyncExternalStore } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { clockSeconds, duration, money, whole } from '../../components/format.ts';
import { ModelName } from '../../components/model-name.tsx';
import { SourceName } from '../../components/source-name.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { RequestNames } from '../../state/request-names.ts';
import { requestState } from './request-state.ts';
import { elapsedTicks } from './ticks.ts';

interface RequestRowProps {
  readonly record: RequestRecord;
  readonly names: RequestNames;
  /** In the whole list, for assistive technology. */
  readonly index: number;
  readonly isChosen: boolean;
  /** The one that the Tab key goes to. */
  readonly isCurrent: boolean;
  /** The last of those that run. */
  readonly isEdge: boolean;
  readonly isNarrow: boolean;
}

export const tokensOf = ({ tokens: { input, output } }: RequestRecord): number | undefined =>
  input === null && output === null ? undefined : (input ?? 0) + (output ?? 0);

export function RequestRow({ record, names, index, isChosen, isCurrent, isEdge, isNarrow }: RequestRowProps) {
  return (
    <tr
      data-id={record.id}
      // A request that comes in moves all below it.
      aria-rowindex={index}
      aria-current={isChosen || undefined}
      tabIndex={isCurrent ? 0 : -1}
      className={`${record.state === 'running' ? 'running' : ''} ${isEdge ? 'edge' : ''} ${isChosen ? 'on' : ''}`}
    >
      <Cells record={record} names={names} isNarrow={isNarrow} />
    </tr>
  );
}

const Cells = memo(function Cells({ record, names, isNarrow }: Pick<RequestRowProps, 'record' | 'names' | 'isNarrow'>) {
  const t = useText();
  const key = names.key(record);
  const source = names.source(record);
  const { status, label } = requestState(t, record, key);
  const isRunning = record.state === 'running';
  const used = record.model_sent;
  const tokens = tokensOf(record);
  const total = isRunning ? <Elapsed since={record.started_at} /> : duration(record.total_ms ?? 0);
  const model = record.model === null ? '–' : <ModelName asked={record.model} used={used} />;
  if (isNarrow) {
    const usd = record.cost.usd === null ? undefined : `${money(record.cost.usd)} USD`;
    return (
      <td className="request-lines" colSpan={9}>
        <div className="request-two">
          <StatusText status={status}>
            <span className="t-text cut">{model}</span>
          </StatusText>
          <span className="num">{total}</span>
          <span className="second cut">
            {[clockSeconds(record.started_at), key, source?.name, usd].filter(Boolean).join(' · ')}
          </span>
          <span className={`second num ${status === 'error' ? 't-error' : ''}`}>{label}</span>
        </div>
      </td>
    );
  }
  return (
    <>
      <td className="dim tn">{clockSeconds(record.started_at)}</td>
      <td title={key}>{key}</td>
      <td>{model}</td>
      <td>
        <SourceName source={source} />
      </td>
      <td title={record.error ?? label}>
        <span className={isRunning ? 'waiting' : ''}>
          <StatusText status={status}>
            <span className="cut">{label}</span>
          </StatusText>
        </span>
      </td>
      <td className="num col-first">{record.first_byte_ms === null ? '–' : duration(record.first_byte_ms)}</td>
      <td className={`num col-total ${isRunning ? 'dim' : ''}`}>{total}</td>
      <td className="num col-tokens">{tokens === undefined ? '–' : whole(tokens)}</td>
      <td className="num col-usd">{record.cost.usd === null ? '–' : money(record.cost.usd)}</td>
    </>
  );
});

/** Counts up; all of them by one timer. */
export function Elapsed({ since }: { readonly since: string }) {
  const now = useSyncExternalStore(elapsedTicks.subscribe, elapsedTicks.now);
  const tenths = Math.max(0, Math.floor((now - Date.parse(since)) / 100));
  return <>{duration(tenths * 100)}</>;
}
