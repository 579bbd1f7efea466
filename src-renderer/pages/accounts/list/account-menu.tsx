// What can be done with one account.
import { Menu } from '@mantine/core';
import { Link } from 'react-router';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { RowMenu } from '../../../components/row-menu.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { downloadFile, endCooldown, removeFiles } from '../../files/actions.ts';
import { cooldownLeft } from '../../files/file-state.ts';
import { accountPath } from './account-names.ts';
import { askLimits, retryAccounts } from './retry.ts';

interface AccountMenuProps {
  readonly file: AccountFile;
  /** As it may be shown. */
  readonly name: string;
  readonly loginPath: string | undefined;
}

export function AccountMenu({ file, name, loginPath }: AccountMenuProps) {
  const t = useText();
  const isRetried = file.status === 'error' && file.trouble !== 'login' && file.next_retry_after !== '';
  return (
    <RowMenu name={name}>
      {() => (
        <>
          <Menu.Item component={Link} to={accountPath(file.name)}>
            {t('accounts.settingsAndModels')}
          </Menu.Item>
          {cooldownLeft(file, Date.now()) > 0 && (
            <Menu.Item onClick={() => void endCooldown(file.name)}>{t('files.endCooldown')}</Menu.Item>
          )}
          {isRetried && <Menu.Item onClick={() => void retryAccounts([file.name])}>{t('common.tryAgain')}</Menu.Item>}
          <Menu.Item onClick={() => void askLimits(file.name)}>{t('accounts.askLimits')}</Menu.Item>
          {loginPath !== undefined && (
            <Menu.Item component={Link} to={loginPath}>
              {t('accounts.signInAgain')}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to={`/files/${encodeURIComponent(file.name)}`}>
            {t('accounts.showFile')}
          </Menu.Item>
          <Menu.Item onClick={() => void downloadFile(file.name)}>{t('files.download')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item className="danger" onClick={() => void removeFiles([file.name])}>
            {t('common.delete')}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
