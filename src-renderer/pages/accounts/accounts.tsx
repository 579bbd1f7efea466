// Accounts: one card per provider with its accounts under it, and the drawer that signs in to one.
import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { type SignInProvider, signInProviders } from '../../../src-shared/providers.ts';
import { Mark, PageHead } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { ImportButton } from '../files/import-button.tsx';
import { groupAccounts } from './account-groups.ts';
import { AccountRows } from './account-rows.tsx';
import { EndedProviders } from './ended-providers.tsx';
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
  return (
    <div className="page">
      <PageHead title={t('pages.accounts')} note={t('accounts.note')}>
        <ImportButton>{t('accounts.importFiles')}</ImportButton>
      </PageHead>
      <div className="acc second acc-head" aria-hidden="true">
        <span>{t('accounts.state')}</span>
        <span>{t('accounts.account')}</span>
        <span className="wide-only">{t('accounts.file')}</span>
        <span className="num">{t('accounts.requests')}</span>
        <span className="num">{t('accounts.success')}</span>
        <span className="num">{t('accounts.lastUsed')}</span>
        <span>{t('accounts.use')}</span>
        <span />
      </div>
      <Loaded query={files} failure={t('accounts.failed')}>
        {() => (
          <div className="cards">
            {groups
              .filter(({ provider }) => !isEnded(provider))
              .map(({ provider, accounts }) => (
                <Card key={provider.id} provider={provider} accounts={accounts} />
              ))}
            <EndedProviders groups={groups.filter(({ provider }) => isEnded(provider))} />
          </div>
        )}
      </Loaded>
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

interface CardProps {
  readonly provider: SignInProvider;
  readonly accounts: readonly AccountFile[];
}

function Card({ provider, accounts }: CardProps) {
  const t = useText();
  const { title, mark, signIn } = provider;
  const loginPath = `/accounts/login/${signIn.login}`;
  return (
    <section className="box" aria-label={title}>
      <div className="row card-head">
        <Mark id={mark} />
        <h2 className="head">{title}</h2>
        <span className="second grow cut">
          {accounts.length > 0
            ? t('accounts.count', { count: accounts.length })
            : t(`providerTexts.gives.${signIn.login}`)}
        </span>
        <Button size="xs" component={Link} to={loginPath}>
          {t(accounts.length > 0 ? 'accounts.add' : 'accounts.signIn')}
        </Button>
      </div>
      <AccountRows accounts={accounts} loginPath={loginPath} />
    </section>
  );
}
