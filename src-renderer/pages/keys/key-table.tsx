// The table of client keys, with what each was used for in the last seven days.
import { Menu } from '@mantine/core';
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { Copy } from '../../components/copy.tsx';
import { ago, day, large, useNow, whole } from '../../components/format.ts';
import { maskKey } from '../../components/mask.ts';
import { RowMenu } from '../../components/row-menu.tsx';
import { SecretKey } from '../../components/secret.tsx';
import { TableHead } from '../../components/table-head.tsx';
import { useText } from '../../i18n/i18n.ts';
import { since, sum } from '../../state/usage.ts';
import { revoke } from './actions.ts';

const weekMs = 7 * 86_400_000;

interface KeyTableProps {
  readonly list: readonly ClientKey[];
  readonly hours: readonly UsageHour[];
  readonly onLabel: (entry: ClientKey) => void;
}

export function KeyTable({ list, hours, onLabel }: KeyTableProps) {
  const t = useText();
  const now = useNow();
  const byKey = Map.groupBy(hours, ({ api }) => api);
  return (
    <div className="box">
      <table className="table">
        <TableHead
          columns={[
            { title: t('keys.label') },
            { title: t('keys.key') },
            { title: t('keys.created'), className: 'wide-only' },
            { title: t('keys.used'), className: 'narrow-off' },
            { title: t('keys.requests'), className: 'num narrow-off' },
            { title: t('keys.tokens'), className: 'num narrow-off' },
          ]}
        />
        <tbody>
          {list.map((entry) => {
            const own = byKey.get(entry.key) ?? [];
            const week = sum(since(own, now - weekMs));
            const newest = own.reduce((latest, { last }) => Math.max(latest, last), 0);
            const name = entry.label || maskKey(entry.key);
            return (
              <tr key={entry.key}>
                <td className={`ident cut ${entry.label ? '' : 'dim'}`} title={entry.label || undefined}>
                  {entry.label || t('keys.noLabel')}
                </td>
                <td>
                  <SecretKey value={entry.key} what={t('keys.keyOf', { name })} />
                </td>
                <td className="dim wide-only">{entry.created ? day(entry.created) : t('keys.fromConfig')}</td>
                <td className="dim narrow-off">{newest > 0 ? ago(newest * 1000, now) : t('keys.never')}</td>
                <td className="num narrow-off">{whole(week.requests)}</td>
                <td className="num narrow-off">{large(week.total)}</td>
                <td className="act">
                  <div className="row tight">
                    <Copy value={entry.key} what={t('keys.keyOf', { name })} secret />
                    <RowMenu name={name}>
                      {() => (
                        <>
                          <Menu.Item onClick={() => onLabel(entry)}>{t('keys.changeLabel')}</Menu.Item>
                          <Menu.Divider />
                          <Menu.Item className="danger" onClick={() => void revoke(entry)}>
                            {t('keys.revoke')}
                          </Menu.Item>
                        </>
                      )}
                    </RowMenu>
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
