// The same usage as a table, grouped as wished.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { large, whole } from '../../components/format.ts';
import { hiddenKey, maskEmail, maskKey } from '../../components/mask.ts';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { sumBy } from '../../state/usage.ts';

export type Grouping = 'key-model' | 'model' | 'source' | 'key';
export const groupings: readonly Grouping[] = ['key-model', 'model', 'key', 'source'];

/** Longer tables are cut; the export has everything. */
const maxRows = 200;
const separator = '\u0000';

export function UsageTable({ hours, grouping }: { readonly hours: readonly UsageHour[]; readonly grouping: Grouping }) {
  const t = useText();
  const privacy = usePrivacy();
  const keys = useRead('client-keys.list').data?.keys ?? [];
  const labels = new Map(keys.map(({ key, label }) => [key, label]));
  const keyName = (api: string) => {
    const label = labels.get(api);
    if (label) return label;
    // Without client keys the route stands in the key's place.
    return api.includes(' ') ? api : privacy ? hiddenKey : maskKey(api);
  };
  const parts: Readonly<Record<Grouping, (hour: UsageHour) => readonly string[]>> = {
    'key-model': ({ api, model }) => [keyName(api), model],
    model: ({ model }) => [model],
    key: ({ api }) => [keyName(api)],
    source: ({ source }) => [(privacy ? maskEmail(source) : source) || '–'],
  };
  const heads: Readonly<Record<Grouping, readonly string[]>> = {
    'key-model': [t('home.clientKey'), t('usage.model')],
    model: [t('usage.model')],
    key: [t('home.clientKey')],
    source: [t('usage.source')],
  };
  const rows = sumBy(hours, (hour) => parts[grouping](hour).join(separator));
  const numbers = ['requests', 'failed', 'input', 'cached', 'output', 'total'] as const;
  return (
    <>
      <div className="box">
        <table className="table">
          <thead>
            <tr>
              {heads[grouping].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {numbers.map((name) => (
                <th key={name} scope="col" className={`num ${name === 'cached' ? 'wide-only' : ''}`}>
                  {t(`usage.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, maxRows).map(([name, sums]) => (
              <tr key={name}>
                {name.split(separator).map((part, index) => (
                  <td key={heads[grouping][index]} className="cut address" title={part}>
                    {part}
                  </td>
                ))}
                {numbers.map((field) => (
                  <td key={field} className={`num ${field === 'cached' ? 'dim wide-only' : ''}`}>
                    {field === 'requests' || field === 'failed' ? whole(sums[field]) : large(sums[field])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > maxRows && (
        <p className="second table-more">{t('usage.more', { count: rows.length - maxRows })}</p>
      )}
    </>
  );
}
