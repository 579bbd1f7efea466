// Which client keys and accounts a measure belongs to.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { hiddenKey, maskEmail, maskKey } from '../../components/mask.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { sumBy } from '../../state/usage.ts';
import type { Measure } from './chart-data.ts';
import type { Period } from './period.ts';
import type { Part, Spender } from './spender-list.tsx';

/** Largest first, by part; undefined: not read yet. */
export function useSpenders(
  measure: Measure,
  hours: readonly UsageHour[],
  period: Period,
): (part: Part) => readonly Spender[] | undefined {
  const privacy = usePrivacy();
  const names = useRequestNames();
  const keys = useRead('client-keys.list').data?.keys ?? [];
  const span = { from: String(period.from), to: String(period.to) };
  const byKey = useRead('costs.get', { by: 'key', ...span }).data?.rows;
  const byAccount = useRead('costs.get', { by: 'account', ...span }).data?.rows;
  const inTime = (query: Readonly<Record<string, string>>) => ({ ...query, ...span });

  const costs = (part: Part): readonly Spender[] | undefined => {
    if (part === 'key') {
      return byKey?.map(({ id, name, usd }) => {
        const shown = names.keys.find((key) => key.id === id)?.name ?? (privacy ? hiddenKey : name);
        return { id, name: shown || '–', value: usd, query: id === '' ? undefined : inTime({ key: id }) };
      });
    }
    return byAccount?.map(({ id, name, usd }) => {
      // An account is its file, a key `<source>:<masked key>`.
      const [source = name] = name.split(':');
      const shown = names.source({ provider: null, source, credential: name })?.name ?? name;
      const text = source === name ? shown : privacy ? `${maskEmail(source)} ${hiddenKey}` : name;
      return { id, name: text || '–', value: usd, query: name === '' ? undefined : inTime({ q: `by:${source}` }) };
    });
  };
  const usage = (part: Part): readonly Spender[] =>
    sumBy(hours, ({ api, source }) => (part === 'key' ? api : source))
      .map(([id, sums]): Spender => {
        const value = measure === 'tokens' ? sums.total : sums.requests;
        if (part === 'account') return { id, name: (privacy ? maskEmail(id) : id) || '–', value, query: undefined };
        const label = keys.find(({ key }) => key === id)?.label;
        // Without client keys the route stands in the key's place.
        const name = label || (id.includes(' ') ? id : privacy ? hiddenKey : maskKey(id));
        const known = names.keys.find((key) => key.name === name);
        return { id, name, value, query: known && inTime({ key: known.id }) };
      })
      .sort((one, other) => (other.value ?? 0) - (one.value ?? 0));
  return measure === 'cost' ? costs : usage;
}
