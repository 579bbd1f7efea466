// Usage or costs by client key or account, each with a link to its requests.
import { Link } from 'react-router';
import { roundShare } from '../../components/format.ts';
import { Loading } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';

export type Part = 'model' | 'key' | 'account';

export interface Spender {
  readonly id: string;
  readonly name: string;
  /** Null: nothing of it has a price. */
  readonly value: number | null;
  /** Query of the Requests page; undefined where it cannot be filtered by this. */
  readonly query: Readonly<Record<string, string>> | undefined;
}

const maxRows = 6;

interface SpenderListProps {
  /** Largest first; undefined: not read yet. */
  readonly spenders: readonly Spender[] | undefined;
  readonly format: (value: number) => string;
}

export function SpenderList({ spenders, format }: SpenderListProps) {
  const t = useText();
  if (spenders === undefined) return <Loading rows={3} height={28} />;
  const total = spenders.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return (
    <>
      <ul className="legend">
        {spenders.slice(0, maxRows).map(({ id, name, value, query }) => (
          <li key={id} className="no-swatch">
            {query === undefined ? (
              <span className="cut">{name}</span>
            ) : (
              <Link className="cut" title={name} to={`/requests?${new URLSearchParams(query)}`}>
                {name}
              </Link>
            )}
            <span className="dim tn">{value === null ? '–' : format(value)}</span>
            <span className="num">{value === null ? '' : roundShare(value, total)}</span>
          </li>
        ))}
      </ul>
      {spenders.length > maxRows && (
        <p className="second">{t('usage.moreSpenders', { count: spenders.length - maxRows })}</p>
      )}
    </>
  );
}
