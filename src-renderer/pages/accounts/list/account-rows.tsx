// The accounts of one group. Of many, only the rows in view exist, so that hundreds open as fast as ten.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useContext, useLayoutEffect, useRef, useState } from 'react';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import type { SignInProvider } from '../../../../src-shared/providers.ts';
import { useNow } from '../../../components/format.ts';
import { accountDataContext } from './account-data.ts';
import { AccountRow, type AccountRowProps } from './account-row.tsx';
import type { SharedTrouble } from './arrange.ts';

/** More rows than these are virtual. */
const maxPlainRows = 50;
const rowHeight = 45;

interface AccountRowsProps {
  readonly accounts: readonly AccountFile[];
  /** Undefined where nobody can sign in. */
  readonly provider: SignInProvider | undefined;
  readonly shared?: readonly SharedTrouble[];
  /** See {@link Arrangement.first}. */
  readonly first?: string | undefined;
}

export function AccountRows({ accounts, provider, shared = [], first }: AccountRowsProps) {
  const now = useNow();
  const { limits, life } = useContext(accountDataContext);
  const told = new Set(shared.flatMap(({ names }) => names));
  const loginPath = provider && `/accounts/login/${provider.signIn.login}`;
  const rowOf = (file: AccountFile): AccountRowProps => ({
    file,
    limits: limits.get(file.name),
    life: life(file, now),
    now,
    loginPath,
    isShared: told.has(file.name),
    isFirst: first === file.name,
  });
  if (accounts.length === 0) return null;
  if (accounts.length > maxPlainRows) return <VirtualRows accounts={accounts} rowOf={rowOf} />;
  return (
    <ul>
      {accounts.map((file) => (
        <li key={file.name} className="account">
          <AccountRow {...rowOf(file)} />
        </li>
      ))}
    </ul>
  );
}

interface VirtualRowsProps {
  readonly accounts: readonly AccountFile[];
  readonly rowOf: (file: AccountFile) => AccountRowProps;
}

/** Scrolls with the page: what stands above the list is part of its way. */
function VirtualRows({ accounts, rowOf }: VirtualRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const scroller = () => list.current?.closest<HTMLElement>('.page') ?? null;
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const page = scroller();
    if (list.current === null || page === null) return;
    setAbove(list.current.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
  });
  const rows = useVirtualizer({
    count: accounts.length,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => accounts[index]?.name ?? index,
    overscan: 8,
    scrollMargin: above,
  });
  return (
    <ul ref={list} className="virtual-rows" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const file = accounts[index];
        return (
          file && (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className="account"
              aria-posinset={index + 1}
              aria-setsize={accounts.length}
              style={{ transform: `translateY(${start - above}px)` }}
            >
              <AccountRow {...rowOf(file)} />
            </li>
          )
        );
      })}
    </ul>
  );
}
