// Accounts: one box per provider with its accounts, the drawer that signs in to one, and the drawer of each.
import { Button, Menu } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import { signInProviders } from '../../../src-shared/providers.ts';
import { PageHead } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { FileImport } from '../files/import/import-report.tsx';
import { ImportButton } from '../files/import-button.tsx';
import { AccountDrawer } from './drawer/account-drawer.tsx';
import { groupAccounts } from './list/account-groups.ts';
import { AccountList } from './list/account-list.tsx';
import { LoginDrawer } from './login-drawer.tsx';
import { isEnded } from './notices.ts';

export function Accounts() {
  const t = useText();
  const files = useRead('auth-files.list');
  const navigate = useNavigate();
  // `#/accounts/login/codex`, and the state of a login that goes on behind it.
  const [place, wanted] = (useParams()['*'] ?? '').split('/');
  const groups = groupAccounts(files.data?.files ?? [], signInProviders);
  const signingIn = place === 'login' ? groups.find(({ provider }) => provider.signIn.login === wanted) : undefined;
  const opened =
    place === 'file' ? files.data?.files.find(({ name }) => name === decodeURIComponent(wanted ?? '')) : undefined;
  return (
    <div className="page">
      <PageHead title={t('pages.accounts')} note={t('accounts.note')}>
        <ImportButton>{t('accounts.importFiles')}</ImportButton>
        <SignInMenu />
      </PageHead>
      <Loaded query={files} failure={t('accounts.failed')}>
        {(list) => <AccountList files={list.files} />}
      </Loaded>
      <FileImport takesDrops={place !== 'login'} />
      {opened && <AccountDrawer key={opened.name} file={opened} onClose={() => void navigate('/accounts')} />}
      {signingIn && (
        <LoginDrawer
          key={signingIn.provider.id}
          provider={signingIn.provider}
          accounts={signingIn.accounts.length}
          onClose={() => void navigate('/accounts')}
        />
      )}
    </div>
  );
}

function SignInMenu() {
  const t = useText();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button>{t('accounts.signIn')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {signInProviders
          .filter((provider) => !isEnded(provider))
          .map(({ id, title, signIn }) => (
            <Menu.Item key={id} component={Link} to={`/accounts/login/${signIn.login}`}>
              {title}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
