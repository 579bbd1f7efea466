// How much of the limits of plans is used, the fullest first.
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { AccountLimits } from '../../../src-shared/contract/account-limits.ts';
import { useNow } from '../../components/format.ts';
import { usedShare } from '../../components/limit-window.ts';
import { Head } from '../../components/page.tsx';
import { SourceName } from '../../components/source-name.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { useRequestNames } from '../../state/request-names.ts';

/** With its tooltip it is larger than the rest of Home, and nothing to show until a response has named a limit. */
const LimitMeter = lazy(async () => ({ default: (await import('../../components/limit-meter.tsx')).LimitMeter }));

const shown = 4;
const maxShown = 12;

/** The windows that a plan has for all its models. */
const windowOf = ({ windows }: AccountLimits, id: string) =>
  windows.find((window) => window.id === id && window.model === undefined);

export function PlanLimits() {
  const t = useText();
  const now = useNow();
  const names = useRequestNames();
  const isWide = useMediaQuery('(min-width: 1440px)');
  const files = useRead('auth-files.list').data?.files ?? [];
  const limits = useRead('account-limits.list').data?.accounts ?? [];
  const fullest = (account: AccountLimits) => Math.max(0, ...account.windows.map((window) => usedShare(window, now)));
  const plans = limits
    .filter(({ name, windows }) => windows.length > 0 && files.some((file) => file.name === name))
    .sort((one, other) => fullest(other) - fullest(one) || (one.name < other.name ? -1 : 1));
  if (files.length === 0) return null;
  return (
    <section>
      <Head side={<Link to="/accounts">{t('home.allAccounts')}</Link>}>{t('home.limits')}</Head>
      {plans.length === 0 ? (
        <p className="dim">{t('home.noLimits')}</p>
      ) : (
        <div className="plan-limits">
          <div className="second plan-heads" aria-hidden="true">
            <span>{t('home.account')}</span>
            <span>{t('home.fiveHours')}</span>
            <span>{t('home.week')}</span>
          </div>
          {plans.slice(0, isWide ? maxShown : shown).map((plan) => {
            const source = names.source({ provider: plan.provider, source: plan.name, credential: plan.name });
            return (
              <Link key={plan.name} to="/accounts" className="plan-limit">
                <SourceName source={source} />
                {(['5h', '7d'] as const).map((id) => {
                  const window = windowOf(plan, id);
                  const label = [source?.name, window?.label].filter(Boolean).join(', ');
                  return (
                    <Suspense key={id} fallback={<span />}>
                      <LimitMeter inline window={window} source={plan} name={label} now={now} />
                    </Suspense>
                  );
                })}
              </Link>
            );
          })}
        </div>
      )}
    </section>
  );
}
