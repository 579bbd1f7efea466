// All accounts by provider: found, filtered, in the order of need, which stands still while the pointer is in it.
import { useMemo, useRef, useState } from 'react';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { signInProviders } from '../../../../src-shared/providers.ts';
import { NothingFound } from '../../../components/states.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { EndedProviders } from '../ended-providers.tsx';
import { isEnded } from '../notices.ts';
import { accountDataContext, useAccountData } from './account-data.ts';
import { AccountFilters } from './account-filters.tsx';
import { AccountGroupBox } from './account-group.tsx';
import { accountsOfNone, groupAccounts } from './account-groups.ts';
import type { AccountKind } from './account-kind.ts';
import { type ArrangedGroup, arrange, placesOf } from './arrange.ts';

export function AccountList({ files }: { readonly files: readonly AccountFile[] }) {
  const t = useText();
  const data = useAccountData();
  const [search, setSearch] = useState('');
  const [kinds, setKinds] = useState<ReadonlySet<AccountKind>>(new Set());
  const [places, setPlaces] = useState<ReadonlyMap<string, number>>();
  const latest = useRef<readonly ArrangedGroup[]>([]);

  const groups = useMemo(() => groupAccounts(files, signInProviders), [files]);
  const listed = useMemo(() => {
    const others = accountsOfNone(files, signInProviders);
    return [
      ...groups
        .filter(({ provider }) => !isEnded(provider))
        .map(({ provider, accounts }) => ({ ...provider, provider, accounts })),
      ...(others.length > 0
        ? [{ id: '', title: t('accounts.notSupported'), mark: '', provider: undefined, accounts: others }]
        : []),
    ];
  }, [files, groups, t]);
  const words = search.trim().toLowerCase();
  const arranged = useMemo(() => arrange(listed, { search: words, kinds, places }), [listed, words, kinds, places]);
  latest.current = arranged.groups;
  const isFiltered = words !== '' || kinds.size > 0;
  const clear = () => {
    setSearch('');
    setKinds(new Set());
  };
  return (
    <accountDataContext.Provider value={data}>
      {files.length > 0 && (
        <>
          <AccountFilters
            search={search}
            onSearch={setSearch}
            kinds={kinds}
            onKinds={setKinds}
            counts={arranged.counts}
          />
          <div className="lim lim-head second" aria-hidden="true">
            <span>{t('accounts.state')}</span>
            <span>{t('accounts.accountAndPlan')}</span>
            <span>{t('accounts.shortLimit')}</span>
            <span>{t('accounts.longLimit')}</span>
            <span>{t('accounts.lastDay')}</span>
            <span>{t('accounts.use')}</span>
            <span />
          </div>
        </>
      )}
      <div
        className="cards"
        onPointerEnter={() => setPlaces(placesOf(latest.current))}
        onPointerLeave={() => setPlaces(undefined)}
      >
        {isFiltered && arranged.groups.length === 0 && (
          <NothingFound onClear={clear}>{t('accounts.nothingFound')}</NothingFound>
        )}
        {arranged.groups.map((group) => (
          <AccountGroupBox key={group.id} group={group} first={arranged.first} />
        ))}
        {!isFiltered && <EndedProviders groups={groups.filter(({ provider }) => isEnded(provider))} />}
      </div>
    </accountDataContext.Provider>
  );
}
