// The candidates for a model as the next request would find them.
import { useQuery } from '@tanstack/react-query';
import type { RouteCandidateRow, RouteVerdict } from '../../../../src-shared/contract/route.ts';
import { clock } from '../../../components/format.ts';
import { SourceName } from '../../../components/source-name.tsx';
import { Failed, Loading } from '../../../components/states.tsx';
import { type Status, StatusText } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call } from '../../../state/client.ts';
import type { RequestNames } from '../../../state/request-names.ts';

const verdictStatus: Readonly<Record<RouteVerdict, Status>> = {
  next: 'ok',
  later: 'off',
  cooling: 'warn',
  full: 'warn',
  disabled: 'off',
  excluded: 'off',
  'not-allowed': 'off',
};
/** The answer changes with every request. */
const freshMs = 5_000;

interface RoutePreviewProps {
  readonly model: string;
  readonly keyId: string | null;
  readonly names: RequestNames;
}

export function RoutePreview({ model, keyId, names }: RoutePreviewProps) {
  const t = useText();
  const query = useQuery({
    queryKey: ['route.explain', model, keyId],
    queryFn: () => call('route.explain', { model, ...(keyId !== null && { key: keyId }) }),
    refetchInterval: freshMs,
    gcTime: 0,
  });
  if (query.error) return <Failed title={t('routing.failed')} error={query.error} onRetry={query.refetch} />;
  if (query.data === undefined) return <Loading rows={3} height={28} />;
  const { allowed, why, chain, strategy, candidates } = query.data;
  let place = 0;
  return (
    <>
      {!allowed && (
        <p className="routing-line">
          <StatusText status="error">{why ?? t('routing.notAllowed')}</StatusText>
        </p>
      )}
      {allowed && why !== null && (
        <p className="routing-line">
          <StatusText status="warn">{why}</StatusText>
        </p>
      )}
      <ol className="candidates route-candidates">
        {candidates.map((candidate, index) => {
          const isAsked = candidate.verdict === 'next' || candidate.verdict === 'later';
          if (isAsked) place += 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: one credential can stand in the order more than once.
            <li key={`${candidate.auth_index} ${index}`}>
              <span className="dim tn">{isAsked ? place : '–'}</span>
              <SourceName source={names.source(candidate)} />
              <span className="second">
                <StatusText status={verdictStatus[candidate.verdict]}>
                  {t(`requests.verdicts.${candidate.verdict}`)}
                </StatusText>
                <Details candidate={candidate} isChain={chain !== null} />
              </span>
            </li>
          );
        })}
      </ol>
      <p className="second">{t('routing.strategy', { strategy })}</p>
    </>
  );
}

function Details({ candidate, isChain }: { readonly candidate: RouteCandidateRow; readonly isChain: boolean }) {
  const t = useText();
  const { priority, weight, element, model_sent, until } = candidate;
  const parts = [
    isChain && t('routing.element', { model: element }),
    !isChain && model_sent !== element && t('routing.sentAs', { model: model_sent }),
    priority !== 0 && t('routing.priority', { priority }),
    weight !== 1 && t('routing.weight', { weight }),
    until !== null && t('routing.until', { time: clock(until) }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : <span className="block">{parts.join(' · ')}</span>;
}
