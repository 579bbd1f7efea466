// The first page: the overall status, today's figures, how to connect, what happened and what needs the person.
import { Button } from '@mantine/core';
import { lazy, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { CostStep } from '../../../src-shared/contract/costs.ts';
import { dollars, large, largeParts, percent, useNow, whole } from '../../components/format.ts';
import { type Figure, Figures, Head, PageHead, StatusTitle } from '../../components/page.tsx';
import type { SparklineData } from '../../components/sparkline.tsx';
import { Loaded } from '../../components/states.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { useStore } from '../../state/store.ts';
import { hourMs, lastHours, midnight, since, sum } from '../../state/usage.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { Activity } from './activity.tsx';
import { Attention } from './attention.tsx';
import { ComingUp } from './coming-up.tsx';
import { Connect } from './connect.tsx';
import { Day } from './day.tsx';
import { firstStepsStore } from './first-steps.ts';
import { LastRequests } from './last-requests.tsx';
import { LiveRequests } from './live-requests.tsx';
import { useOverview } from './overview.ts';
import { PlanLimits } from './plan-limits.tsx';

const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }));

/** Pixels of the strip of figures with its rules. */
const figuresHeight = 86;
/** All figures show the same hours. */
const sparkHours = 14;

export function Home() {
  const t = useText();
  const config = useRead('config.get');
  const files = useRead('auth-files.list');
  const { isNew } = useOverview();
  const steps = useStore(firstStepsStore);
  return (
    <div className="page">
      <Loaded query={config} failure={t('home.failed')}>
        {() => (
          <Loaded query={files} failure={t('home.failed')}>
            {() => (isNew || steps === 'open' ? <FirstRun /> : <Overview />)}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function Overview() {
  const t = useText();
  const { status, title, note, requests, trouble, remedy } = useOverview();
  const usage = useRead('usage-history.get');
  return (
    <>
      <PageHead title={<StatusTitle status={status}>{title}</StatusTitle>} note={note}>
        {remedy && (
          <Button variant="filled" component={Link} to={remedy.path}>
            {remedy.label}
          </Button>
        )}
      </PageHead>
      <Loaded query={usage} failure={t('home.usageFailed')} rows={2} height={figuresHeight / 2}>
        {({ hours }) => <Today hours={hours} />}
      </Loaded>
      <Columns>
        <div className="home-column">
          {trouble ? <LastRequests requests={trouble.requests} /> : <PlanLimits />}
          <Day hours={usage.data?.hours ?? []} />
          {trouble && <PlanLimits />}
          <section>
            <Head side={<Link to="/logs">{t('home.seeAll')}</Link>}>{t('home.activity')}</Head>
            <Activity />
          </section>
        </div>
        <div className="home-column">
          <section>
            <Head>{t('home.attention')}</Head>
            <Attention />
          </section>
          <ComingUp />
          <Connect />
        </div>
        <LiveRequests requests={requests} />
      </Columns>
    </>
  );
}

/** Comes when the heights of its parts are known, so that none moves another. */
function Columns({ children }: { readonly children: ReactNode }) {
  const isWaiting = [
    useRead('account-limits.list'),
    useRead('client-usage.list'),
    useRead('config-notices.list'),
    useRead('activity.list'),
  ].some(({ isPending }) => isPending);
  return isWaiting ? null : <div className="home-columns">{children}</div>;
}

function Today({ hours }: { readonly hours: OperationOutput<'usage-history.get'>['hours'] }) {
  const t = useText();
  const now = useNow(60_000);
  const start = midnight(now);
  const today = sum(since(hours, start));
  // Yesterday up to the same time of day, so that a morning is not compared with a whole day.
  const dayMs = 86_400_000;
  const yesterday = sum(hours.filter(({ hour }) => hour * 1000 >= start - dayMs && hour * 1000 <= now - dayMs));
  const difference = yesterday.requests === 0 ? 0 : (today.requests / yesterday.requests - 1) * 100;
  const compared = () => {
    if (yesterday.requests === 0) return t('home.noYesterday');
    const percent = Math.round(Math.abs(difference));
    if (percent === 0) return t('home.likeYesterday');
    return t(difference < 0 ? 'home.lessThanYesterday' : 'home.moreThanYesterday', { percent: whole(percent) });
  };
  const tokens = largeParts(today.total);
  const costs = useRead('costs.get', { by: 'account', from: String(start) }).data;
  const slots = lastHours(hours, now, sparkHours);
  const firstHour = slots[0]?.start ?? now;
  const spent = useRead('costs.history', { step: 'hour', from: String(firstHour) }).data?.steps;
  const sums = slots.map((slot) => sum(slot.hours));
  const spark = (kind: SparklineData['kind'], values: readonly number[]) =>
    values.some((value) => value > 0) ? { kind, values } : undefined;
  return (
    <Figures
      items={[
        {
          label: t('home.requestsToday'),
          value: whole(today.requests),
          unit: t('home.requestsUnit', { count: today.requests }),
          note: compared(),
          spark: spark(
            'counts',
            sums.map((slot) => slot.requests),
          ),
        },
        {
          label: t('home.successRate'),
          value: percent(today.requests - today.failed, today.requests),
          unit: today.requests === 0 ? '' : '%',
          note: t('home.failedOf', { failed: whole(today.failed), requests: whole(today.requests) }),
          spark: today.requests === 0 ? undefined : { kind: 'failures', values: sums.map((slot) => slot.failed) },
        },
        {
          label: t('home.tokensToday'),
          value: tokens.value,
          unit: tokens.unit || t('home.tokensUnit'),
          note: t('home.inAndOut', { input: large(today.input), output: large(today.output) }),
          spark: spark(
            'amounts',
            sums.map((slot) => slot.total),
          ),
        },
        { ...billedFigure(t, costs), spark: spark('amounts', billedByHour(spent ?? [], slots)) },
      ]}
    />
  );
}

/** US dollars that keys were billed in each of the hours. */
const billedByHour = (steps: readonly CostStep[], slots: readonly { readonly start: number }[]): readonly number[] =>
  slots.map(({ start }) =>
    steps.reduce(
      (total, step) =>
        step.billed && step.start >= start && step.start < start + hourMs ? total + (step.usd ?? 0) : total,
      0,
    ),
  );

/** What keys were billed, and what the same would have cost that plans took. */
function billedFigure(t: Text, costs: OperationOutput<'costs.get'> | undefined): Figure {
  const sumOf = (billed: boolean) =>
    (costs?.rows ?? []).reduce((total, row) => (row.billed === billed ? total + (row.usd ?? 0) : total), 0);
  const unknown = costs?.total.unknown ?? 0;
  return {
    label: t('home.billedToday'),
    value: costs === undefined ? '–' : dollars(sumOf(true)),
    unit: costs === undefined ? '' : 'USD',
    note: unknown > 0 ? t('home.withoutPrice', { count: unknown }) : t('home.inPlans', { usd: dollars(sumOf(false)) }),
  };
}
