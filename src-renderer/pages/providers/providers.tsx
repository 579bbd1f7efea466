// Provider keys: services paid with an API key, one tab for each list.
import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { addKeyOffer } from '../../../src-shared/add-key-link.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { RestingKeys } from './cooldown-list.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryTable } from './entry-table.tsx';
import { type Entry, type Kind, kinds } from './kinds.ts';
import { PasteDrawer } from './paste-drawer.tsx';

type Drawer =
  | { readonly act: 'add' | 'paste' }
  | { readonly act: 'edit'; readonly entry: Entry; readonly index: number };

export function Providers() {
  const t = useText();
  const config = useRead('config.get');
  const navigate = useNavigate();
  const [wanted, act] = (useParams()['*'] ?? '').split('/');
  const kind = kinds.find(({ id }) => id === wanted) ?? (kinds.at(-1) as Kind);
  const [drawer, setDrawer] = useState<Drawer>();
  const close = () => setDrawer(undefined);
  // `#/providers/openai/add?name=…&base-url=…`, where a link leads to.
  const { search, key: visit } = useLocation();
  const parameters = new URLSearchParams(search);
  const offer =
    act === 'add' ? addKeyOffer((name) => (name === 'provider' ? kind.id : parameters.get(name))) : undefined;
  return (
    <div className="page">
      <PageHead title={t('pages.providers')} note={t('providers.note')}>
        {!kind.named && <Button onClick={() => setDrawer({ act: 'paste' })}>{t('providers.pasteMany')}</Button>}
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setDrawer({ act: 'add' })}
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
                    <Button onClick={() => setDrawer({ act: 'add' })}>
                      {t(kind.named ? 'providers.addProvider' : 'providers.addKey')}
                    </Button>
                  }
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
            <RestingKeys />
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
