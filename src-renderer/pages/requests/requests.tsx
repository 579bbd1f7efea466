// Who asked for what, and who answered: every model request, live, with what became of it.
import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { copy } from '../../components/copy.tsx';
import { FilterChip, toggled } from '../../components/filter-chip.tsx';
import { clockSeconds } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Failed, Loading, NothingFound } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { useServer } from '../../state/server.ts';
import { type HistoryQuery, useRequests } from '../../state/use-requests.ts';
import { KeySelect, RangeSelect, SearchField } from './filters/filter-fields.tsx';
import {
  type ChipName,
  chips,
  fitsChip,
  linkedSpan,
  parseSearch,
  type Range,
  rangeStart,
  shownRequests,
} from './filters/request-filter.ts';
import { HistoryActions } from './history-actions.tsx';
import { curlLine } from './repeat-request.ts';
import { RequestDrawer } from './request-drawer.tsx';
import { RequestList } from './request-list.tsx';
import { usePageKeys } from './use-page-keys.ts';

const RoutingDrawer = lazy(async () => ({ default: (await import('./routing/routing-drawer.tsx')).RoutingDrawer }));

const chipStatus = { running: 'busy', failed: 'error', retried: undefined } as const;

export function Requests() {
  const t = useText();
  const navigate = useNavigate();
  const { address } = useServer();
  const names = useRequestNames();
  // `#/requests/<id>`, and what a link from another page filters by.
  const opened = useParams()['*'] || undefined;
  const [linked] = useSearchParams();
  const [text, setText] = useState(linked.get('q') ?? '');
  const [key, setKey] = useState<string | null>(linked.get('key'));
  const [span, setSpan] = useState(() => linkedSpan(linked));
  const [range, setRange] = useState<Range>(linked.has('q') ? 'all' : 'today');
  const [from, setFrom] = useState(() => span?.from ?? rangeStart(range, Date.now()));
  const [chosen, setChosen] = useState<ReadonlySet<ChipName>>(
    new Set(chips.filter((chip) => chip === linked.get('show'))),
  );
  const [routing, setRouting] = useState(linked.get('routing'));
  const search = useRef<HTMLInputElement>(null);

  // Typing stays quick while the history is asked.
  const lateText = useDeferredValue(text);
  const query = useMemo((): HistoryQuery => {
    const keyId = (name: string) => names.keys.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id ?? name;
    return {
      ...(key !== null && { key }),
      ...parseSearch(lateText, keyId),
      ...(from !== undefined && { from: String(from) }),
      ...(span !== undefined && { to: String(span.to) }),
    };
  }, [lateText, key, from, span, names.keys]);
  const base = useRequests(query);
  // What is not loaded as a whole cannot be sifted here.
  const isSiftedThere = !base.complete && chosen.size === 1 && chosen.has('failed') && query.status === undefined;
  const sifted = useRequests(isSiftedThere ? { ...query, status: 'failure' } : query);
  const { records, enabled, error, loadMore, reload } = isSiftedThere ? sifted : base;
  const shown = useMemo(() => shownRequests(records ?? [], chosen), [records, chosen]);
  const count = (chip?: ChipName): number | undefined => {
    if (base.records === undefined || !(base.complete || chip === 'running')) return undefined;
    return chip === undefined ? base.records.length : base.records.filter((record) => fitsChip(record, chip)).length;
  };

  const open = (id: string) => void navigate(`/requests/${encodeURIComponent(id)}`);
  const copyCurl = (record: RequestRecord) => void copy(curlLine(record, address), t('requests.curl'));
  const choose = (chip: ChipName, adds: boolean) => setChosen(toggled(chosen, chip, adds));
  const chooseRange = useCallback((value: Range) => {
    setSpan(undefined);
    setRange(value);
    setFrom(rangeStart(value, Date.now()));
  }, []);
  const clearFilters = () => {
    setText('');
    setKey(null);
    setChosen(new Set());
    setSpan(undefined);
    if (span !== undefined) setFrom(rangeStart(range, Date.now()));
  };
  usePageKeys({ onSearch: () => search.current?.focus(), onFailed: () => choose('failed', false) });
  const isFiltered = text !== '' || key !== null || chosen.size > 0 || span !== undefined;

  return (
    <div className="page fill">
      <PageHead title={t('pages.requests')} note={t('requests.note')}>
        <Button onClick={() => setRouting('')}>{t('routing.open')}</Button>
        <HistoryActions query={query} isEmpty={(base.records?.length ?? 0) === 0} onCleared={reload} />
      </PageHead>
      <div className="row request-tools">
        <SearchField field={search} value={text} onChange={setText} />
        <div className="chips">
          <FilterChip
            label={t('requests.chips.all')}
            on={chosen.size === 0}
            count={count()}
            onToggle={() => setChosen(new Set())}
          />
          {chips.map((chip) => (
            <FilterChip
              key={chip}
              label={t(`requests.chips.${chip}`)}
              on={chosen.has(chip)}
              count={count(chip)}
              {...(chipStatus[chip] && { status: chipStatus[chip] })}
              onToggle={(adds) => choose(chip, adds)}
            />
          ))}
        </div>
        <span className="grow" />
        <KeySelect keys={names.keys} value={key} onChange={setKey} />
        <RangeSelect range={range} span={span} onChange={chooseRange} />
      </div>
      {body()}
      <div className="row second page-foot">
        <span className="grow cut" role="status">
          {foot()}
        </span>
        <span className="narrow-off">{t('requests.priceNote')}</span>
      </div>
      {routing !== null && (
        <Suspense fallback={null}>
          <RoutingDrawer model={routing} names={names} onClose={() => setRouting(null)} />
        </Suspense>
      )}
      {opened !== undefined && (
        <RequestDrawer
          id={opened}
          records={shown}
          names={names}
          onRouting={(model) => {
            setRouting(model);
            void navigate('/requests');
          }}
          onStep={(id) => void navigate(`/requests/${encodeURIComponent(id)}`, { replace: true })}
          onCopy={copyCurl}
          onClose={() => void navigate('/requests')}
        />
      )}
    </div>
  );

  function foot(): string {
    if (records === undefined) return '';
    const oldest = records.at(-1);
    const all = t(isFiltered ? 'requests.found' : 'requests.shown', { count: shown.length });
    return oldest === undefined ? all : t('requests.since', { all, time: clockSeconds(oldest.started_at) });
  }

  function body() {
    if (error !== undefined && records === undefined) {
      return <Failed title={t('requests.failed')} error={error} onRetry={reload} />;
    }
    if (records === undefined) return <Loading rows={8} height={32} />;
    if (!enabled && shown.length === 0) {
      return (
        <Empty
          title={t('requests.off')}
          actions={<Button onClick={() => void navigate('/config')}>{t('requests.openConfig')}</Button>}
        >
          {t('requests.offNote')}
        </Empty>
      );
    }
    if (shown.length === 0 && isFiltered) {
      return <NothingFound onClear={clearFilters}>{t('requests.nothing')}</NothingFound>;
    }
    if (shown.length === 0) {
      return (
        <Empty
          title={t(range === 'all' ? 'requests.none' : 'requests.noneInRange')}
          actions={
            <Button variant="filled" onClick={() => void navigate('/home')}>
              {t('requests.connect')}
            </Button>
          }
        >
          {t('requests.noneNote')}
        </Empty>
      );
    }
    return (
      <RequestList records={shown} names={names} chosen={opened} onOpen={open} onCopy={copyCurl} onEnd={loadMore} />
    );
  }
}
