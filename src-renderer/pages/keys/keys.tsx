// Client keys: what programs send to use the proxy. Labels tell them apart and are kept beside the config.
import { Button, Menu } from '@mantine/core';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClientKey, UsageHour } from '../../../src-shared/contract/window.ts';
import { text, useText } from '../../i18n/i18n.ts';
import { Copy, copy } from '../../parts/copy.tsx';
import { ago, day, large, useNow, whole } from '../../parts/format.ts';
import { maskKey } from '../../parts/mask.ts';
import { PageHead } from '../../parts/page.tsx';
import { RowMenu } from '../../parts/row-menu.tsx';
import { SecretKey } from '../../parts/secret.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { attempt, toastDone } from '../../parts/toast.tsx';
import { call, renew, useRead } from '../../state/client.ts';
import { since, sum } from '../../state/usage.ts';
import { generateKey } from './generate-key.ts';
import { LabelSheet } from './label-sheet.tsx';

type Sheet = { readonly kind: 'new' } | { readonly kind: 'label'; readonly entry: ClientKey };

const weekMs = 7 * 86_400_000;
const ways = [
  ['openai', 'Authorization: Bearer KEY'],
  ['anthropic', 'x-api-key: KEY'],
  ['gemini', 'x-goog-api-key: KEY'],
  ['query', '?key=KEY'],
] as const;

/** Adds a key with its label; a label that cannot be kept leaves the key in place. */
async function addKey(key: string, label: string): Promise<void> {
  await call('api-keys.patch', { old: key, new: key });
  if (label !== '') await call('client-keys.label', { key, label });
  await renew('client-keys.list');
}

async function revoke({ key, label }: ClientKey, index: number): Promise<void> {
  const name = label || maskKey(key);
  const before = await call('api-keys.get');
  const done = await attempt(text('keys.revokeFailed', { name }), () => call('api-keys.remove', { value: key }));
  if (!done) return;
  await renew('client-keys.list');
  toastDone({
    title: text('keys.revoked', { name }),
    detail: text('keys.revokedNote'),
    undo: async () => {
      const { items } = await call('api-keys.get');
      // Back to its place, among whatever the list is by now.
      const restored = [...items];
      restored.splice(Math.min(index, before.items.indexOf(key), items.length), 0, key);
      await call('api-keys.replace', { items: restored });
      if (label !== '') await call('client-keys.label', { key, label });
      await renew('client-keys.list');
    },
  });
}

export function Keys() {
  const t = useText();
  const keys = useRead('client-keys.list');
  const hours = useRead('usage-history.get').data?.hours ?? [];
  const [sheet, setSheet] = useState<Sheet>();
  const [fresh, setFresh] = useState<ClientKey>();

  const create = async (label: string) => {
    const key = generateKey();
    const done = await attempt(t('keys.createFailed'), () => addKey(key, label));
    if (!done) return;
    setSheet(undefined);
    setFresh({ key, label, created: '' });
    await copy(key, label || t('keys.newKey'), true);
  };
  const rename = async (entry: ClientKey, label: string) => {
    const done = await attempt(t('keys.labelFailed'), () => call('client-keys.label', { key: entry.key, label }));
    if (!done) return;
    setSheet(undefined);
    await renew('client-keys.list');
  };

  return (
    <div className="page">
      <PageHead title={t('pages.keys')} note={t('keys.note')}>
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setSheet({ kind: 'new' })}
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
            <KeyTable list={list} hours={hours} onLabel={(entry) => setSheet({ kind: 'label', entry })} />
          )
        }
      </Loaded>
      <div className="halves">
        <section>
          <h2 className="head">{t('keys.how')}</h2>
          <dl className="ways">
            {ways.map(([name, value]) => (
              <div key={name}>
                <dt className="dim">{t(`keys.ways.${name}`)}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
                <dd>
                  <Copy value={value} what={t(`keys.ways.${name}`)} />
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
      {sheet?.kind === 'new' && (
        <LabelSheet
          title={t('keys.generate')}
          label=""
          act={t('keys.generateNow')}
          onSave={create}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet?.kind === 'label' && (
        <LabelSheet
          title={t('keys.changeLabel')}
          label={sheet.entry.label}
          act={t('common.save')}
          onSave={(label) => rename(sheet.entry, label)}
          onClose={() => setSheet(undefined)}
        />
      )}
    </div>
  );
}

interface KeyTableProps {
  readonly list: readonly ClientKey[];
  readonly hours: readonly UsageHour[];
  readonly onLabel: (entry: ClientKey) => void;
}

function KeyTable({ list, hours, onLabel }: KeyTableProps) {
  const t = useText();
  const now = useNow();
  const byKey = Map.groupBy(hours, ({ api }) => api);
  return (
    <div className="box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('keys.label')}</th>
            <th scope="col">{t('keys.key')}</th>
            <th scope="col">{t('keys.created')}</th>
            <th scope="col">{t('keys.used')}</th>
            <th scope="col" className="num">
              {t('keys.requests')}
            </th>
            <th scope="col" className="num">
              {t('keys.tokens')}
            </th>
            <th scope="col" className="act">
              <span className="hidden">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((entry, index) => {
            const own = byKey.get(entry.key) ?? [];
            const week = sum(since(own, now - weekMs));
            const newest = own.reduce((latest, { hour }) => Math.max(latest, hour), 0);
            const name = entry.label || maskKey(entry.key);
            return (
              <tr key={entry.key}>
                <td className={entry.label ? '' : 'dim'}>{entry.label || t('keys.noLabel')}</td>
                <td>
                  <SecretKey value={entry.key} what={t('keys.keyOf', { name })} />
                </td>
                <td className="dim">{entry.created ? day(entry.created) : t('keys.fromConfig')}</td>
                <td className="dim">{newest > 0 ? ago(newest * 1000, now) : t('keys.never')}</td>
                <td className="num">{whole(week.requests)}</td>
                <td className="num">{large(week.total)}</td>
                <td className="act">
                  <div className="row tight">
                    <Copy value={entry.key} what={t('keys.keyOf', { name })} secret />
                    <RowMenu name={name}>
                      {() => (
                        <>
                          <Menu.Item onClick={() => onLabel(entry)}>{t('keys.changeLabel')}</Menu.Item>
                          <Menu.Divider />
                          <Menu.Item className="danger" onClick={() => void revoke(entry, index)}>
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
