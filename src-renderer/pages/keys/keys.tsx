// Client keys: what programs send to use the proxy, each with its own limits.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { anyKey } from '../../../src-shared/policy-terms.ts';
import { Copy, copy } from '../../components/copy.tsx';
import { useNow } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { saveKey } from './actions.ts';
import { generateKey } from './generate-key.ts';
import { type EditedKey, KeyDrawer } from './key-drawer.tsx';
import { KeyList } from './key-list.tsx';
import { type KeyRow, keyRows } from './key-rows.ts';

const methods = [
  ['openai', 'Authorization: Bearer KEY'],
  ['anthropic', 'x-api-key: KEY'],
  ['gemini', 'x-goog-api-key: KEY'],
  ['query', '?key=KEY'],
] as const;

const nothing = { created: '', limits: [], policy: undefined } as const;

/** Where the last seven days begin, the same for a whole hour: it is part of what is asked for. */
const weekAgo = (now: number) => String(Math.floor(now / 3_600_000) * 3_600_000 - 7 * 86_400_000);

export function Keys() {
  const t = useText();
  const now = useNow(1000);
  const keys = useRead('client-keys.list');
  const policies = useRead('client-policies.get').data?.items ?? [];
  const uses = useRead('client-usage.list').data?.clients ?? [];
  const hours = useRead('usage-history.get').data?.hours ?? [];
  const costs = useRead('costs.get', { by: 'key', from: weekAgo(now) }).data?.rows ?? [];
  const [edited, setEdited] = useState<EditedKey>();
  const close = () => setEdited(undefined);
  const own = (key: string) => policies.find((policy) => policy['api-key'] === key);

  const edit = ({ entry, limits }: KeyRow) => {
    const policy = own(entry.key);
    setEdited({ ...entry, label: entry.label || (policy?.name ?? ''), isNew: false, policy, limits });
  };
  const save = async (policy: ClientPolicy, label: string) => {
    if (edited === undefined) return;
    const { key, isNew } = edited;
    if (!(await saveKey(policy, label, isNew ? undefined : edited.label))) return;
    close();
    if (isNew) await copy(key, label || t('keys.newKey'), true);
  };

  return (
    <div className="page">
      <PageHead title={t('pages.keys')} note={t('keys.note')}>
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setEdited({ ...nothing, key: generateKey(), isNew: true, label: '' })}
        >
          {t('keys.newKey')}
        </Button>
      </PageHead>
      <Loaded query={keys} failure={t('keys.failed')}>
        {({ keys: list }) => (
          <>
            {list.length === 0 ? (
              <Empty title={t('keys.empty')}>{t('keys.emptyNote')}</Empty>
            ) : (
              <KeyList
                rows={keyRows(
                  { keys: list, policies, uses, hours, costs: new Map(costs.map(({ id, usd }) => [id, usd])) },
                  now,
                )}
                now={now}
                onEdit={edit}
              />
            )}
            <p className="second key-foot">
              {t('keys.orderNote')}{' '}
              <button
                type="button"
                className="plain link"
                onClick={() => setEdited({ ...nothing, key: anyKey, isNew: false, label: '', policy: own(anyKey) })}
              >
                {t(own(anyKey) ? 'keys.changeThem' : 'keys.setThem')}
              </button>
            </p>
            <KeyUse />
          </>
        )}
      </Loaded>
      {edited && <KeyDrawer key={edited.key} edited={edited} onSave={save} onClose={close} />}
    </div>
  );
}

/** How programs send a key, and who needs one. */
function KeyUse() {
  const t = useText();
  return (
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
  );
}
