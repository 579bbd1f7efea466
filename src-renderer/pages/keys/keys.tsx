// Client keys: what programs send to use the proxy. Labels tell them apart and are kept beside the config.
import { Button } from '@mantine/core';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import { Copy, copy } from '../../components/copy.tsx';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';
import { addKey } from './actions.ts';
import { generateKey } from './generate-key.ts';
import { KeyTable } from './key-table.tsx';
import { LabelDrawer } from './label-drawer.tsx';

type Drawer = { readonly kind: 'new' } | { readonly kind: 'label'; readonly entry: ClientKey };

const methods = [
  ['openai', 'Authorization: Bearer KEY'],
  ['anthropic', 'x-api-key: KEY'],
  ['gemini', 'x-goog-api-key: KEY'],
  ['query', '?key=KEY'],
] as const;

export function Keys() {
  const t = useText();
  const keys = useRead('client-keys.list');
  const hours = useRead('usage-history.get').data?.hours ?? [];
  const [drawer, setDrawer] = useState<Drawer>();
  const [fresh, setFresh] = useState<ClientKey>();

  const create = async (label: string) => {
    const key = generateKey();
    const done = await attempt(t('keys.createFailed'), () => addKey(key, label));
    if (!done) return;
    setDrawer(undefined);
    setFresh({ key, label, created: '' });
    await copy(key, label || t('keys.newKey'), true);
  };
  const rename = async (entry: ClientKey, label: string) => {
    const done = await attempt(t('keys.labelFailed'), () => call('client-keys.label', { key: entry.key, label }));
    if (!done) return;
    setDrawer(undefined);
    await invalidate('client-keys.list');
  };

  return (
    <div className="page">
      <PageHead title={t('pages.keys')} note={t('keys.note')}>
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setDrawer({ kind: 'new' })}
        >
          {t('keys.generate')}
        </Button>
      </PageHead>
      {fresh && (
        <div className="sunken row fresh-key" role="status">
          <div className="grow">
            <div>
              {t('keys.newKey')} {fresh.label && <b>{fresh.label}</b>}: <code>{fresh.key}</code>
            </div>
            <div className="second">{t('keys.copiedNote')}</div>
          </div>
          <Button
            leftSection={<IconCopy size={16} stroke={1.5} />}
            onClick={() => void copy(fresh.key, fresh.label || t('keys.newKey'), true)}
          >
            {t('keys.copyAgain')}
          </Button>
          <Button variant="subtle" onClick={() => setFresh(undefined)}>
            {t('keys.hide')}
          </Button>
        </div>
      )}
      <Loaded query={keys} failure={t('keys.failed')}>
        {({ keys: list }) =>
          list.length === 0 ? (
            <Empty title={t('keys.empty')}>{t('keys.emptyNote')}</Empty>
          ) : (
            <KeyTable list={list} hours={hours} onLabel={(entry) => setDrawer({ kind: 'label', entry })} />
          )
        }
      </Loaded>
      <div className="halves">
        <section>
          <h2 className="head">{t('keys.how')}</h2>
          <dl className="key-methods">
            {methods.map(([name, value]) => (
              <div key={name}>
                <dt className="dim">{t(`keys.methods.${name}`)}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
                <dd>
                  <Copy value={value} what={t(`keys.methods.${name}`)} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2 className="head">{t('keys.who')}</h2>
          <p className="dim who">{t('keys.whoNote')}</p>
          <Link to="/settings/host">{t('keys.changeAccess')}</Link>
        </section>
      </div>
      {drawer?.kind === 'new' && (
        <LabelDrawer
          title={t('keys.generate')}
          label=""
          act={t('keys.generateNow')}
          onSave={create}
          onClose={() => setDrawer(undefined)}
        />
      )}
      {drawer?.kind === 'label' && (
        <LabelDrawer
          title={t('keys.changeLabel')}
          label={drawer.entry.label}
          act={t('common.save')}
          onSave={(label) => rename(drawer.entry, label)}
          onClose={() => setDrawer(undefined)}
        />
      )}
    </div>
  );
}
