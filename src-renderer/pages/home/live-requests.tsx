// The newest requests beside the overview, on wide windows: two lines each, those that run on top.
import { Link } from 'react-router';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { duration } from '../../components/format.ts';
import { ModelName } from '../../components/model-name.tsx';
import { Head } from '../../components/page.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { Elapsed } from '../requests/request-row.tsx';
import { requestState } from '../requests/request-state.ts';

const shown = 14;

export function LiveRequests({ requests }: { readonly requests: readonly RequestRecord[] }) {
  const t = useText();
  const names = useRequestNames();
  const running = requests.filter(({ state }) => state === 'running');
  const listed = [...running, ...requests.filter(({ state }) => state === 'done')].slice(0, shown);
  return (
    <section className="live-requests">
      <Head side={<Link to="/requests">{t('home.allRequests')}</Link>}>{t('home.live')}</Head>
      {listed.length === 0 && <p className="dim">{t('home.noRequests')}</p>}
      <ul>
        {listed.map((record) => {
          const key = names.key(record);
          const { status, label } = requestState(t, record, key);
          const rest = [key, names.source(record)?.name].filter(Boolean).map((text) => ` · ${text}`);
          return (
            <li key={record.id} className={status === 'busy' ? 'waiting' : ''}>
              <StatusIcon status={status} />
              <Link to={`/requests/${record.id}`} className="live-model">
                <ModelName asked={record.model ?? '–'} used={record.model_sent} />
              </Link>
              <span className="num dim">
                {record.total_ms === null ? <Elapsed since={record.started_at} /> : duration(record.total_ms)}
              </span>
              <span className="second cut">
                <span className={status === 'error' ? 't-error' : ''}>{label}</span>
                {rest}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
