// The accounts of one provider, up to as many as a page is good for.
import { Link } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { useText } from '../../i18n/i18n.ts';
import { AccountRow } from './account-row.tsx';

/** More accounts of one provider than these are shown on the page of files, which is made for many. */
const maxShown = 50;

interface AccountRowsProps {
  readonly accounts: readonly AccountFile[];
  /** Where to sign in again. */
  readonly loginPath: string;
}

export function AccountRows({ accounts, loginPath }: AccountRowsProps) {
  const t = useText();
  return (
    <>
      {accounts.length > 0 && (
        <ul>
          {accounts.slice(0, maxShown).map((file) => (
            <AccountRow key={file.name} file={file} loginPath={loginPath} />
          ))}
        </ul>
      )}
      {accounts.length > maxShown && (
        <p className="second card-more">
          <Link to="/files">{t('accounts.more', { count: accounts.length - maxShown })}</Link>
        </p>
      )}
    </>
  );
}
