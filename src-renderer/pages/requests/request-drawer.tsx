// One request in full: its figures, its tries, why this account, what was left out, and its log lines.
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { clockSeconds, duration, money, whole } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import type { RequestNames } from '../../state/request-names.ts';
import { Candidates } from './candidates.tsx';
import { LogExcerpt } from './log-excerpt.tsx';
import { pathOf } from './repeat-request.ts';
import { Elapsed } from './request-row.tsx';
import { isUnknownModel, requestState } from './request-state.ts';
import { Tries } from './tries.tsx';
import { AddAlias, UnknownModel, useLikelyModels } from './unknown-model.tsx';
import { useTrial } from './use-trial.ts';

interface RequestDrawerProps {
  readonly id: string;
  /** As they are listed, for the next and the previous one. */
  readonly records: readonly RequestRecord[];
  readonly names: RequestNames;
  readonly onStep: (id: string) => void;
  /** Who would answer this model. */
  readonly onRouting: (model: string) => void;
  readonly onCopy: (record: RequestRecord) => void;
  readonly onClose: () => void;
}

export function RequestDrawer({ id, records, names, onStep, onRouting, onCopy, onClose }: RequestDrawerProps) {
  const t = useText();
  const listed = records.find((record) => record.id === id);
  const query = useQuery({ queryKey: ['requests.get', id], queryFn: () => call('requests.get', { id }), gcTime: 0 });
  const { refetch } = query;
  const state = listed?.state;
  // Its candidates come with its end.
  useEffect(() => {
    if (state === 'done') void refetch();
  }, [state, refetch]);
  const record = listed ?? query.data;
  const likely = useLikelyModels(record, records);
  const trial = useTrial(record);
  const place = records.findIndex((one) => one.id === id);
  useSteps((step) => {
    const next = records[place + step];
    if (next) onStep(next.id);
  });
  if (record === undefined) {
    return (
      <SideDrawer
        title={t('requests.request')}
        width={560}
        onClose={onClose}
        foot={
          <>
            <span className="grow" />
            <Button data-autofocus onClick={onClose}>
              {t('common.close')}
            </Button>
          </>
        }
      >
        {query.error ? (
          <Failed title={t('requests.gone')} error={query.error} onRetry={query.refetch} />
        ) : (
          <Loading rows={4} />
        )}
      </SideDrawer>
    );
  }
  const key = names.key(record);
  const { status, label } = requestState(t, record, key);
  const isUnknown = isUnknownModel(record);
  const canTry = !isUnknown && record.state === 'done' && trial.run !== undefined;
  const own = { status, label: record.status === null ? label : `${record.status}, ${label}` };
  const outcome = trial.outcome ?? own;
  const time = clockSeconds(record.started_at);
  const noted = record.stream ? t('requests.streamed') : undefined;
  return (
    <SideDrawer
      title={t('requests.modelFor', { model: record.model ?? '–', key })}
      note={[time, `POST ${pathOf(record)}`, noted].filter(Boolean).join(', ')}
      width={560}
      onClose={onClose}
      foot={
        <>
          <div className="grow cut" role="status" title={outcome.label}>
            <StatusText status={outcome.status}>
              <span className="cut">{outcome.label}</span>
            </StatusText>
          </div>
          <Button
            leftSection={<IconCopy size={16} stroke={1.5} />}
            data-autofocus={(!isUnknown && !canTry) || undefined}
            onClick={() => onCopy(record)}
          >
            {t('requests.copyCurl')}
          </Button>
          {canTry && (
            <Button variant="filled" data-autofocus disabled={trial.isRunning} onClick={() => void trial.run?.()}>
              {t('requests.tryOnce')}
            </Button>
          )}
          {isUnknown && <AddAlias alias={record.model ?? ''} likely={likely} />}
        </>
      }
    >
      <div className="request-parts" key={id}>
        {isUnknown ? (
          <UnknownModel record={record} records={records} names={names} likely={likely} />
        ) : (
          <>
            <Facts record={record} />
            {record.error !== null && <p className="t-error request-error">{record.error}</p>}
            {record.tries.length > 0 && <Tries record={record} names={names} />}
            <Candidates
              record={record}
              candidates={query.data?.route ?? []}
              names={names}
              onRouting={() => onRouting(record.model ?? '')}
            />
            <Dropped fields={record.dropped_fields} />
          </>
        )}
        <LogExcerpt record={record} />
      </div>
    </SideDrawer>
  );
}

/** J and K go to the next and the previous one. */
function useSteps(onStep: (step: 1 | -1) => void): void {
  const latest = useRef(onStep);
  latest.current = onStep;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j') latest.current(1);
      if (event.key === 'k') latest.current(-1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function Facts({ record }: { readonly record: RequestRecord }) {
  const t = useText();
  const { tokens, cost } = record;
  const count = (value: number | null) => (value === null ? '–' : whole(value));
  const facts = [
    [t('requests.columns.first'), record.first_byte_ms === null ? '–' : duration(record.first_byte_ms)],
    [
      t('requests.columns.total'),
      record.total_ms === null ? <Elapsed key="total" since={record.started_at} /> : duration(record.total_ms),
    ],
    [t('requests.in'), count(tokens.input)],
    [t('requests.cached'), count(tokens.cache_read)],
    [t(tokens.estimated ? 'requests.outEstimated' : 'requests.out'), count(tokens.output)],
    [t(cost.billed ? 'requests.billed' : 'requests.listPrice'), cost.usd === null ? '–' : `${money(cost.usd)} USD`],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="second">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Dropped({ fields }: { readonly fields: readonly string[] }) {
  const t = useText();
  if (fields.length === 0) return null;
  return (
    <section>
      <Head>{t('requests.dropped')}</Head>
      <dl className="pairs-list divided">
        {fields.map((field) => (
          <div key={field}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd className="dim">{t('requests.leftOut')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
