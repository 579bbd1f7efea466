// The requests that the title counts, with what became of each.
import { Link } from 'react-router';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { clockSeconds, duration } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { ModelName } from '../../components/model-name.tsx';
import { Head } from '../../components/page.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { failureStatus } from './recent-trouble.ts';

const shown = 5;

export function LastRequests({ requests }: { readonly requests: readonly RequestRecord[] }) {
  const t = useText();
  const privacy = usePrivacy();
  const names = useRequestNames();
  return (
    <section>
      <Head side={<Link to="/requests?show=failed">{t('home.seeFailed')}</Link>}>{t('home.lastFive')}</Head>
      <ul className="last-requests">
        {requests.slice(0, shown).map((request) => {
          const { id, started_at, model, outcome, error, total_ms } = request;
          const cause = privacy ? maskEmail(error ?? '') : (error ?? '');
          const answered = outcome === 'success';
          return (
            <li key={id}>
              <time className="dim tn" dateTime={started_at}>
                {clockSeconds(started_at)}
              </time>
              <span className="cut">{names.key(request)}</span>
              <ModelName asked={model ?? '–'} />
              <StatusText status={answered ? 'ok' : 'error'}>
                <span className="cut" title={cause}>
                  {answered
                    ? t('home.answeredIn', { time: duration(total_ms ?? 0) })
                    : `${failureStatus(request)}: ${cause}`}
                </span>
              </StatusText>
              <span className="cut dim">{names.source(request)?.name ?? '–'}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
