// Who could have been asked, in the order of then, and why each was or was not.
import type { RequestRecord, RequestTry, RouteCandidate } from '../../../src-shared/contract/requests.ts';
import { Head } from '../../components/page.tsx';
import { SourceName } from '../../components/source-name.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import type { RequestNames } from '../../state/request-names.ts';

const verdicts = ['next', 'later', 'cooling', 'full', 'disabled', 'excluded', 'not-allowed'] as const;
type Verdict = (typeof verdicts)[number];

interface CandidatesProps {
  readonly record: RequestRecord;
  readonly candidates: readonly RouteCandidate[];
  readonly names: RequestNames;
  /** Opens what is true at present. */
  readonly onRouting: () => void;
}

export function Candidates({ record, candidates, names, onRouting }: CandidatesProps) {
  const t = useText();
  if (candidates.length === 0) return null;
  let place = 0;
  return (
    <section>
      <Head
        side={
          <button type="button" className="plain link" onClick={onRouting}>
            {t('requests.order')}
          </button>
        }
      >
        {t('requests.why')}
      </Head>
      <ol className="candidates">
        {candidates.map((candidate, index) => {
          const tried = record.tries.filter((one) => isSame(one, candidate));
          if (tried.length > 0 || isAsked(candidate)) place += 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: one credential can stand in the order more than once.
            <li key={`${candidate.auth_index} ${index}`}>
              <span className="dim tn">{tried.length > 0 || isAsked(candidate) ? place : '–'}</span>
              <SourceName source={names.source(candidate)} />
              <span className="second">{reasonOf(t, candidate, tried)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const isAsked = ({ verdict }: RouteCandidate) => verdict === 'next' || verdict === 'later';

const isSame = (one: RequestTry, { source, credential, model_sent }: RouteCandidate) =>
  one.source === source && one.credential === credential && one.model === model_sent;

function reasonOf(t: Text, { verdict, why }: RouteCandidate, tried: readonly RequestTry[]): string {
  const known = verdicts.find((name): name is Verdict => name === verdict);
  const reason = known ? t(`requests.verdicts.${known}`) : typeof why === 'string' ? why : verdict;
  const last = tried.at(-1);
  if (last === undefined) return known === 'later' ? t('requests.notNeeded') : reason;
  if (last.error === null) return `${reason} ${t('requests.thenAnswered')}`;
  return `${reason} ${last.status === null ? t('requests.thenSilent') : t('requests.thenRefused', { status: last.status })}`;
}
