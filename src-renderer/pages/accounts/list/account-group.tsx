// The accounts of one provider in a box, the same trouble of many of them in its head.
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { clock } from '../../../components/format.ts';
import { maskEmail } from '../../../components/mask.ts';
import { Mark } from '../../../components/page.tsx';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import { AccountRows } from './account-rows.tsx';
import type { ArrangedGroup, SharedTrouble } from './arrange.ts';
import { retryAccounts } from './retry.ts';

interface GroupProps {
  readonly group: ArrangedGroup;
  /** See {@link Arrangement.first}. */
  readonly first: string | undefined;
}

export function AccountGroupBox({ group, first }: GroupProps) {
  const t = useText();
  const { id, title, mark, provider, accounts, shared } = group;
  const loginPath = provider && `/accounts/login/${provider.signIn.login}`;
  return (
    <section className="box account-box" aria-label={title}>
      <div className="row card-head">
        {provider ? <Mark id={mark} /> : <StatusIcon status="off" />}
        <h2 className="head">{title}</h2>
        <span className="second grow cut">
          {accounts.length > 0 || provider === undefined
            ? t('accounts.count', { count: accounts.length })
            : t(`providerTexts.gives.${provider.signIn.login}`)}
        </span>
        {loginPath !== undefined && (
          <Button size="xs" component={Link} to={loginPath}>
            {t(accounts.length > 0 ? 'accounts.add' : 'accounts.signIn')}
          </Button>
        )}
      </div>
      {shared.map((trouble) => (
        <Shared key={trouble.message} {...trouble} loginPath={loginPath} isFirst={first === id} />
      ))}
      <AccountRows accounts={accounts} provider={provider} shared={shared} first={first} />
    </section>
  );
}

interface SharedProps extends SharedTrouble {
  readonly loginPath: string | undefined;
  readonly isFirst: boolean;
}

function Shared({ message, trouble, names, next, loginPath, isFirst }: SharedProps) {
  const t = useText();
  const privacy = usePrivacy();
  const needsLogin = trouble === 'login';
  return (
    <div className="row shared-trouble">
      <StatusIcon status={trouble === 'unreachable' ? 'busy' : 'warn'} />
      <p className="second grow">
        {t('accounts.sharedTrouble', { count: names.length, message: privacy ? maskEmail(message) : message })}{' '}
        {next !== '' && t('accounts.nextTry', { time: clock(next) })}
      </p>
      {needsLogin && loginPath !== undefined && (
        <Button size="xs" variant={isFirst ? 'filled' : 'default'} component={Link} to={loginPath}>
          {t('accounts.signInAgain')}
        </Button>
      )}
      {!needsLogin && next !== '' && (
        <Button size="xs" onClick={() => void retryAccounts(names)}>
          {t('accounts.tryAllAgain')}
        </Button>
      )}
    </div>
  );
}
