// The requests that the title counts, with what became of each.
import type { RecentRequest } from '../../../src-shared/contract/recent-requests.ts';
import { clock, duration } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';

const shown = 5;

export function LastRequests({ requests }: { readonly requests: readonly RecentRequest[] }) {
  const t = useText();
  const privacy = usePrivacy();
  const masked = (text: string) => (privacy ? maskEmail(text) : text);
  return (
    <ul className="last-requests">
      {requests.slice(0, shown).map((request, index) => (
        // Requests have no identity of their own.
        // biome-ignore lint/suspicious/noArrayIndexKey: two requests may end at the same time.
        <li key={`${request.time} ${index}`}>
          <time className="dim tn" dateTime={request.time}>
            {clock(request.time)}
          </time>
          <span className="cut" title={request.model}>
            {request.model}
          </span>
          <StatusText status={request.outcome === 'answered' ? 'ok' : 'error'}>
            <span className="cut" title={masked(request.cause)}>
              {request.outcome === 'answered'
                ? t('home.answeredIn', { time: duration(request.milliseconds) })
                : `${request.status}: ${masked(request.cause)}`}
            </span>
          </StatusText>
          <span className="cut dim" title={masked(request.by)}>
            {masked(request.account || request.provider)}
          </span>
        </li>
      ))}
    </ul>
  );
}
