// The first page: the overall status, today's figures, how to connect, what happened and what needs the person.
import { Button } from '@mantine/core';
import { lazy } from 'react';
import { Link } from 'react-router';
import { large, largeParts, percent, useNow, whole } from '../../components/format.ts';
import { Figures, Head, PageHead, StatusTitle } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { midnight, since, sum } from '../../state/usage.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { Activity } from './activity.tsx';
import { Attention } from './attention.tsx';
import { Connect } from './connect.tsx';
import { Day } from './day.tsx';
import { LastRequests } from './last-requests.tsx';
import { useOverview } from './overview.ts';

const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }));

export function Home() {
  const t = useText();
  const config = useRead('config.get');
  const files = useRead('auth-files.list');
  const overview = useOverview();
  return (
    <div className="page">
      <Loaded query={config} failure={t('home.failed')}>
        {() => (
          <Loaded query={files} failure={t('home.failed')}>
            {() => (overview.isNew ? <FirstRun /> : <Overview />)}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function Overview() {
  const t = useText();
  const { status, title, note, accounts, ready, trouble, remedy } = useOverview();
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
      <Loaded query={usage} failure={t('home.usageFailed')} rows={2}>
        {({ hours }) => <Today hours={hours} accounts={accounts} ready={ready} />}
      </Loaded>
      {trouble && (
        <section className="recent-trouble">
          <Head>{t('home.lastRequests')}</Head>
          <LastRequests requests={trouble.requests} />
        </section>
      )}
      <div className="columns home-columns">
        <Day hours={usage.data?.hours ?? []} />
        <Connect />
        <section>
          <Head side={<Link to="/logs">{t('home.seeAll')}</Link>}>{t('home.activity')}</Head>
          <Activity />
        </section>
        <section>
          <Head>{t('home.attention')}</Head>
          <Attention />
        </section>
      </div>
    </>
  );
}

interface TodayProps {
  readonly hours: OperationOutput<'usage-history.get'>['hours'];
  readonly accounts: number;
  readonly ready: number;
}

function Today({ hours, accounts, ready }: TodayProps) {
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
  return (
    <Figures
      items={[
        {
          label: t('home.requestsToday'),
          value: whole(today.requests),
          unit: t('home.requestsUnit', { count: today.requests }),
          note: compared(),
        },
        {
          label: t('home.successRate'),
          value: percent(today.requests - today.failed, today.requests),
          unit: today.requests === 0 ? '' : '%',
          note: t('home.failedOf', { failed: whole(today.failed), requests: whole(today.requests) }),
        },
        {
          label: t('home.tokensToday'),
          value: tokens.value,
          unit: tokens.unit || t('home.tokensUnit'),
          note: t('home.inAndOut', { input: large(today.input), output: large(today.output) }),
        },
        {
          label: t('home.accountsReady'),
          value: whole(ready),
          unit: t('home.ofAccounts', { count: accounts }),
          note: accounts === ready ? t('home.allReady') : t('home.notReady', { count: accounts - ready }),
        },
      ]}
    />
  );
}
