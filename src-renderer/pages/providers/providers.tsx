// Provider keys: services paid with an API key, one tab for each list.
import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { addKeyOffer } from '../../../src-shared/add-key-link.ts';
import { duration } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { removeAdded } from './actions.ts';
import { AddKeyDrawer } from './add-key/add-key-drawer.tsx';
import type { Added } from './add-key/add-recognized.ts';
import { CooldownList } from './cooldown-list.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryTable } from './entry-table.tsx';
import { type Entry, type Kind, kinds } from './kinds.ts';
import { PasteDrawer } from './paste-drawer.tsx';

type Drawer =
  | { readonly act: 'key' | 'add' | 'paste' }
  | { readonly act: 'edit'; readonly entry: Entry; readonly index: number };

export function Providers() {
  const t = useText();
  const config = useRead('config.get');
  const navigate = useNavigate();
  const [wanted, act] = (useParams()['*'] ?? '').split('/');
  const kind = kinds.find(({ id }) => id === wanted) ?? (kinds.at(-1) as Kind);
  const [drawer, setDrawer] = useState<Drawer>();
  // `#/providers/openai/new`, where the palette leads to.
  const isAddingKey = drawer?.act === 'key' || (act === 'new' && drawer === undefined);
  const close = () => {
    setDrawer(undefined);
    if (act === 'new') void navigate(`/providers/${kind.id}`);
  };
  // `#/providers/openai/add?name=…&base-url=…`, where a link leads to.
  const { search, key: visit } = useLocation();
  const parameters = new URLSearchParams(search);
  const offer =
    act === 'add' ? addKeyOffer((name) => (name === 'provider' ? kind.id : parameters.get(name))) : undefined;
  const added = ({ target, entry, name, milliseconds }: Added) => {
    close();
    void navigate(`/providers/${target.kind.id}`);
    toastDone({
      title: t('keyBox.added', { name }),
      detail: milliseconds === undefined ? '' : t('keyBox.worksIn', { time: duration(milliseconds) }),
      undo: () => removeAdded(target.kind, entry),
    });
  };
  return (
    <div className="page">
      <PageHead title={t('pages.providers')} note={t('providers.note')}>
        {!kind.named && <Button onClick={() => setDrawer({ act: 'paste' })}>{t('providers.pasteMany')}</Button>}
        <Button onClick={() => setDrawer({ act: 'add' })}>
          {t(kind.named ? 'providers.addProvider' : 'providers.byHand')}
        </Button>
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setDrawer({ act: 'key' })}
        >
          {t('keyBox.title')}
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
                  actions={<Button onClick={() => setDrawer({ act: 'key' })}>{t('keyBox.title')}</Button>}
                >
                  {t(`providerTexts.about.${kind.id}`)}
                </Empty>
              ) : (
                <EntryTable
                  kind={kind}
                  entries={data[kind.list]}
                  onEdit={(entry, index) => setDrawer({ act: 'edit', entry, index })}
                />
              )}
            </Tabs.Panel>
            <CooldownList />
            {isAddingKey && <AddKeyDrawer onAdded={added} onClose={close} />}
            {drawer?.act === 'add' && <EntryDrawer kind={kind} others={data[kind.list]} onClose={close} />}
            {offer && !drawer && (
              <EntryDrawer
                key={visit}
                kind={kind}
                others={data[kind.list]}
                offer={offer}
                onClose={() => void navigate(`/providers/${kind.id}`)}
              />
            )}
            {drawer?.act === 'edit' && (
              <EntryDrawer
                kind={kind}
                others={data[kind.list].filter((_, index) => index !== drawer.index)}
                edited={drawer}
                onClose={close}
              />
            )}
            {drawer?.act === 'paste' && <PasteDrawer kind={kind} others={data[kind.list]} onClose={close} />}
          </Tabs>
        )}
      </Loaded>
    </div>
  );
}
