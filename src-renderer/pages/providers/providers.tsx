// Provider keys: services paid with an API key, in five lists.
import { Button, Menu, Switch, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { CompatibilityProvider, KeyEntry } from '../../../src-shared/config.ts';
import { useText } from '../../i18n/i18n.ts';
import { whole } from '../../parts/format.ts';
import { Mark, PageHead } from '../../parts/page.tsx';
import { RowMenu } from '../../parts/row-menu.tsx';
import { SecretKey } from '../../parts/secret.tsx';
import { Status } from '../../parts/shape.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useRead } from '../../state/client.ts';
import { useStore } from '../../state/store.ts';
import { addEntries, entryName, moveEntry, removeEntry, setEnabled } from './deeds.ts';
import { EntrySheet } from './entry-sheet.tsx';
import { type Entry, type Kind, kinds } from './kinds.ts';
import { PasteSheet } from './paste-sheet.tsx';
import { probeKey, probeStore } from './probes.ts';
import { TestResult } from './test-result.tsx';

type Sheet =
  | { readonly act: 'add' | 'paste' }
  | { readonly act: 'edit'; readonly entry: Entry; readonly index: number };

export function Providers() {
  const t = useText();
  const config = useRead('config.get');
  const navigate = useNavigate();
  const wanted = useParams()['*'];
  const kind = kinds.find(({ id }) => id === wanted) ?? (kinds.at(-1) as Kind);
  const [sheet, setSheet] = useState<Sheet>();
  const close = () => setSheet(undefined);
  return (
    <div className="page">
      <PageHead title={t('pages.providers')} note={t('providers.note')}>
        {!kind.named && <Button onClick={() => setSheet({ act: 'paste' })}>{t('providers.pasteMany')}</Button>}
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setSheet({ act: 'add' })}
        >
          {t(kind.named ? 'providers.addProvider' : 'providers.addKey')}
        </Button>
      </PageHead>
      <Loaded query={config} failure={t('providers.failed')}>
        {(data) => (
          <Tabs value={kind.id} onChange={(id) => void navigate(`/providers/${id}`)}>
            <Tabs.List mb={12}>
              {kinds.map(({ id, name, list }) => (
                <Tabs.Tab key={id} value={id}>
                  {name} <span className="dim tab-count">{data[list].length}</span>
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={kind.id}>
              {data[kind.list].length === 0 ? (
                <Empty
                  title={t('providers.empty', { name: kind.name })}
                  actions={
                    <Button onClick={() => setSheet({ act: 'add' })}>
                      {t(kind.named ? 'providers.addProvider' : 'providers.addKey')}
                    </Button>
                  }
                >
                  {t(`providers.about.${kind.id}`)}
                </Empty>
              ) : (
                <EntryTable
                  kind={kind}
                  entries={data[kind.list]}
                  onEdit={(entry, index) => setSheet({ act: 'edit', entry, index })}
                />
              )}
            </Tabs.Panel>
            {sheet?.act === 'add' && <EntrySheet kind={kind} others={data[kind.list]} onClose={close} />}
            {sheet?.act === 'edit' && (
              <EntrySheet
                kind={kind}
                others={data[kind.list].filter((_, index) => index !== sheet.index)}
                edited={sheet}
                onClose={close}
              />
            )}
            {sheet?.act === 'paste' && <PasteSheet kind={kind} others={data[kind.list]} onClose={close} />}
          </Tabs>
        )}
      </Loaded>
    </div>
  );
}

interface EntryTableProps {
  readonly kind: Kind;
  readonly entries: readonly Entry[];
  readonly onEdit: (entry: Entry, index: number) => void;
}

function EntryTable({ kind, entries, onEdit }: EntryTableProps) {
  const t = useText();
  const probes = useStore(probeStore);
  return (
    <div className="box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t(kind.named ? 'providers.name' : 'providers.key')}</th>
            <th scope="col">{t('providers.baseUrl')}</th>
            {kind.named && (
              <th scope="col" className="num">
                {t('providers.keys')}
              </th>
            )}
            <th scope="col" className="num">
              {t('providers.models')}
            </th>
            <th scope="col" className="wide-only">
              {t('providers.lastTest')}
            </th>
            <th scope="col" className="col-use">
              {t('providers.use')}
            </th>
            <th scope="col" className="act">
              <span className="hidden">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => {
            const name = entryName(entry);
            const on = entry.disabled !== true;
            const probe = probes.get(probeKey(entry));
            return (
              // Entries have no identity but their content and place.
              // biome-ignore lint/suspicious/noArrayIndexKey: two equal entries are told apart by their place only.
              <tr key={`${index} ${name}`}>
                <td>
                  <div className="row">
                    <Mark id={kind.named ? name.slice(0, 1).toUpperCase() : kind.mark} />
                    {kind.named ? (
                      <button type="button" className="plain cut" onClick={() => onEdit(entry, index)}>
                        {(entry as CompatibilityProvider).name}
                      </button>
                    ) : (
                      <SecretKey value={(entry as KeyEntry)['api-key'] ?? ''} what={t('keys.keyOf', { name })} />
                    )}
                  </div>
                </td>
                <td className="cut">
                  <code className="dim">{entry['base-url'] || t('providers.defaultUrl')}</code>
                </td>
                {kind.named && (
                  <td className="num">{whole((entry as CompatibilityProvider)['api-key-entries']?.length ?? 0)}</td>
                )}
                <td className="num">{entry.models?.length ? whole(entry.models.length) : t('providers.allModels')}</td>
                <td className="wide-only">
                  {!on ? (
                    <Status tone="off">{t('common.off')}</Status>
                  ) : probe ? (
                    <TestResult probe={probe} short />
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
