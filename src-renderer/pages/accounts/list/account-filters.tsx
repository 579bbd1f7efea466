// Search and chips above the list of accounts, and what the bars of the last day mean.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { FilterChip, toggled } from '../../../components/filter-chip.tsx';
import { LifeLegend } from '../../../components/life-line.tsx';
import type { Status } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { type AccountKind, accountKinds } from './account-kind.ts';

const chips: readonly (readonly [kind: AccountKind, status: Status])[] = [
  ['needs', 'warn'],
  ['unreachable', 'busy'],
  ['cooling', 'busy'],
  ['off', 'off'],
];

interface AccountFiltersProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly kinds: ReadonlySet<AccountKind>;
  readonly onKinds: (kinds: ReadonlySet<AccountKind>) => void;
  readonly counts: Readonly<Record<AccountKind, number>>;
}

export function AccountFilters({ search, onSearch, kinds, onKinds, counts }: AccountFiltersProps) {
  const t = useText();
  const all = accountKinds.reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <div className="row account-filters">
      <TextInput
        aria-label={t('accounts.find')}
        placeholder={t('accounts.find')}
        className="find"
        leftSection={<IconSearch size={14} stroke={1.5} />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <div className="chips">
        <FilterChip
          on={kinds.size === 0}
          count={all}
          label={t('accounts.kinds.all')}
          onToggle={() => onKinds(new Set())}
        />
        {chips
          // Rare, and told by its own line where it happens.
          .filter(([kind]) => kind !== 'unreachable' || counts[kind] > 0 || kinds.has(kind))
          .map(([kind, status]) => (
            <FilterChip
              key={kind}
              on={kinds.has(kind)}
              status={status}
              count={counts[kind]}
              label={t(`accounts.kinds.${kind}`)}
              onToggle={(adds) => onKinds(toggled(kinds, kind, adds))}
            />
          ))}
      </div>
      <span className="grow" />
      <div className="wide-only">
        <LifeLegend />
      </div>
    </div>
  );
}
