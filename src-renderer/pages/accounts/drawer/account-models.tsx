// The models of an account: which of them it offers, and under which other names.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { ModelName } from '../../../components/model-name.tsx';
import { PlainSwitch } from '../../../components/plain-inputs.tsx';
import { Loaded } from '../../../components/states.tsx';
import { attempt, toastDone } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call, useRead } from '../../../state/client.ts';
import { type DraftRow, row } from '../../providers/draft.ts';
import { PairList } from '../../providers/pair-list.tsx';
import { excludedBy, withModel } from './excluded-models.ts';

interface AccountModelsProps {
  readonly file: AccountFile;
  /** As the config names it. */
  readonly provider: string;
  readonly title: string;
}

export function AccountModels({ file, provider, title }: AccountModelsProps) {
  const t = useText();
  const [scope, setScope] = useState<'account' | 'provider'>('account');
  const models = useQuery({
    queryKey: ['auth-files.models', file.name],
    queryFn: () => call('auth-files.models', { name: file.name }),
    gcTime: 0,
  });
  const config = useRead('config.get').data;
  const lists = { account: file.excluded_models ?? [], provider: config?.['oauth-excluded-models']?.[provider] ?? [] };
  const other = scope === 'account' ? 'provider' : 'account';
  const set = (model: string, isOffered: boolean) => {
    const items = [...withModel(lists[scope], model, isOffered)];
    return attempt(t('account.excludeFailed', { model }), () =>
      scope === 'account'
        ? call('auth-files.update', { name: file.name, fields: { excluded_models: items.length > 0 ? items : null } })
        : call('oauth-excluded-models.patch', { provider, items }),
    );
  };
  return (
    <div className="form">
      <Select
        label={t('account.scope')}
        size="md"
        data={[
          { value: 'account', label: t('account.scopeAccount') },
          { value: 'provider', label: t('account.scopeProvider', { name: title }) },
        ]}
        value={scope}
        onChange={(value) => setScope(value === 'provider' ? 'provider' : 'account')}
        allowDeselect={false}
      />
      <Loaded query={models} failure={t('account.modelsFailed')}>
        {({ models: list }) =>
          list.length === 0 ? (
            <p className="second">{t('account.noModels')}</p>
          ) : (
            <ul className="box model-list divided">
              {list.map(({ id }) => {
                const own = excludedBy(id, lists[scope]);
                const elsewhere = own === undefined ? excludedBy(id, lists[other]) : undefined;
                const isPattern = own?.includes('*') === true;
                return (
                  <li key={id} className="row">
                    <span className="grow mono">
                      <ModelName asked={id} />
                    </span>
                    {isPattern && <span className="second">{t('account.byPattern', { pattern: own })}</span>}
                    {elsewhere !== undefined && (
                      <span className="second">
                        {t(scope === 'account' ? 'account.offForAll' : 'account.offForOne', { name: title })}
                      </span>
                    )}
                    {!isPattern && (
                      <PlainSwitch
                        label={t('account.offer', { model: id })}
                        checked={own === undefined}
                        onChange={(on) => void set(id, on)}
                      />
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      {config && (
        <Aliases
          key={JSON.stringify(config['oauth-model-alias']?.[provider])}
          provider={provider}
          title={title}
          saved={(config['oauth-model-alias']?.[provider] ?? []).map(({ name, alias, ...rest }) =>
            row(name, alias, rest),
          )}
        />
      )}
    </div>
  );
}

interface AliasesProps {
  readonly provider: string;
  readonly title: string;
  readonly saved: readonly DraftRow[];
}

/** Other names for models; they hold for all accounts of the provider. */
function Aliases({ provider, title, saved }: AliasesProps) {
  const t = useText();
  const [rows, setRows] = useState(saved);
  const isWhole = rows.every(({ left, right }) => left.trim() !== '' && right.trim() !== '');
  const save = async () => {
    const items = rows.map(({ left, right, rest }) => ({ ...rest, name: left.trim(), alias: right.trim() }));
    const done = await attempt(t('account.aliasesFailed'), () => call('oauth-model-alias.patch', { provider, items }));
    if (done) toastDone({ title: t('account.aliasesSaved', { name: title }) });
  };
  return (
    <PairList
      title={t('account.aliases')}
      heads={[t('account.aliasModel'), t('account.alias')]}
      rows={rows}
      onChange={setRows}
      addLabel={t('account.addAlias')}
      names={(number) => [t('account.aliasModelNumber', { number }), t('account.aliasNumber', { number })]}
      removeName={(number) => t('account.removeAlias', { number })}
      action={
        <Button size="xs" disabled={!isWhole || rows === saved} onClick={() => void save()}>
          {t('common.save')}
        </Button>
      }
      note={<p className="second">{t('account.aliasNote', { name: title })}</p>}
    />
  );
}
