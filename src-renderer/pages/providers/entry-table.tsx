// The table of one list of providers.
import { Menu, Switch } from '@mantine/core';
import type { CompatibilityProvider, KeyEntry } from '../../../src-shared/config.ts';
import { clock, day, whole } from '../../components/format.ts';
import { Mark } from '../../components/page.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { SecretKey } from '../../components/secret.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { TableHead } from '../../components/table-head.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useStore } from '../../state/store.ts';
import { addEntries, entryName, moveEntry, removeEntry, setEnabled } from './actions.ts';
import type { Entry, Kind } from './kinds.ts';
import { probeKey, probeStore } from './probes.ts';
import { TestResult } from './test-result.tsx';

/** The time of day, or the date of what was not today. */
const moment = (at: number) => (day(at) === day(Date.now()) ? clock(at) : day(at));

interface EntryTableProps {
  readonly kind: Kind;
  readonly entries: readonly Entry[];
  readonly onEdit: (entry: Entry, index: number) => void;
}

export function EntryTable({ kind, entries, onEdit }: EntryTableProps) {
  const t = useText();
  const probes = useStore(probeStore);
  return (
    <div className="box">
      <table className="table">
        <TableHead
          columns={[
            { title: t(kind.named ? 'providers.name' : 'providers.key') },
            { title: t('providers.baseUrl'), className: 'narrow-off' },
            ...(kind.named ? [{ title: t('providers.keys'), className: 'num narrow-off' }] : []),
            { title: t('providers.models'), className: 'num narrow-off' },
            { title: t('providers.lastTest'), className: 'wide-only' },
            { title: t('providers.use'), className: 'col-use' },
          ]}
        />
        <tbody>
          {entries.map((entry, index) => {
            const name = entryName(entry);
            const on = entry.disabled !== true;
            const probe = probes.get(probeKey(entry));
            return (
              // Entries have no identity but their content and place.
              // biome-ignore lint/suspicious/noArrayIndexKey: two equal entries are told apart by their place only.
              <tr key={`${index} ${name}`}>
                <td className="ident">
                  <div className="row">
                    <Mark id={kind.named ? name.slice(0, 1).toUpperCase() : kind.mark} />
                    {kind.named ? (
                      <button
                        type="button"
                        className="plain cut"
                        title={(entry as CompatibilityProvider).name}
                        onClick={() => onEdit(entry, index)}
                      >
                        {(entry as CompatibilityProvider).name}
                      </button>
                    ) : (
                      <SecretKey value={(entry as KeyEntry)['api-key'] ?? ''} what={t('keys.keyOf', { name })} />
                    )}
                  </div>
                </td>
                <td className="cut address narrow-off" title={entry['base-url'] || undefined}>
                  <code className="dim">{entry['base-url'] || t('providers.defaultUrl')}</code>
                </td>
                {kind.named && (
                  <td className="num narrow-off">
                    {whole((entry as CompatibilityProvider)['api-key-entries']?.length ?? 0)}
                  </td>
                )}
                <td className="num narrow-off">
                  {entry.models?.length ? whole(entry.models.length) : t('providers.allModels')}
                </td>
                <td className="wide-only">
                  {!on ? (
                    <StatusText status="off">{t('common.off')}</StatusText>
                  ) : probe ? (
                    <>
                      <TestResult probe={probe} short /> <span className="second">{moment(probe.at)}</span>
                    </>
                  ) : (
                    <span className="dim">{t('providers.notTested')}</span>
                  )}
                </td>
                <td>
                  <Switch
                    checked={on}
                    aria-label={t('accounts.useNamed', { name })}
                    onChange={(event) => void setEnabled(kind, index, event.currentTarget.checked)}
                  />
                </td>
                <td className="act">
                  <RowMenu name={name}>
                    {() => (
                      <>
                        <Menu.Item onClick={() => onEdit(entry, index)}>{t('common.edit')}</Menu.Item>
                        <Menu.Item onClick={() => void addEntries(kind, [copyOf(entry, kind)])}>
                          {t('providers.duplicate')}
                        </Menu.Item>
                        <Menu.Item disabled={index === 0} onClick={() => void moveEntry(kind, entry, index, -1)}>
                          {t('providers.up')}
                        </Menu.Item>
                        <Menu.Item
                          disabled={index === entries.length - 1}
                          onClick={() => void moveEntry(kind, entry, index, 1)}
                        >
                          {t('providers.down')}
                        </Menu.Item>
                        <Menu.Divider />
                        <Menu.Item className="danger" onClick={() => void removeEntry(kind, entry, index)}>
                          {t('common.delete')}
                        </Menu.Item>
                      </>
                    )}
                  </RowMenu>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );

  /** A copy starts switched off, and a named one with a name of its own. */
  function copyOf(entry: Entry, { named }: Kind): Entry {
    if (!named) return { ...entry, disabled: true };
    const taken = new Set(entries.map((other) => (other as CompatibilityProvider).name));
    const base = `${(entry as CompatibilityProvider).name}-copy`;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    return { ...entry, name, disabled: true };
  }
}
