// Providers that have ended their sign-in, for all or for some: since when, what works instead, and what is left of them.
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { Mark } from '../../components/page.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { AccountGroup } from './list/account-groups.ts';
import { AccountRows } from './list/account-rows.tsx';
import { insteadOf, noticeTexts } from './notices.ts';

export function EndedProviders({ groups }: { readonly groups: readonly AccountGroup<SignInProvider>[] }) {
  const t = useText();
  const read = groups.flatMap(({ provider }) => provider.signIn.notice?.read ?? []).sort();
  if (groups.length === 0) return null;
  return (
    <section className="box" aria-label={t('accounts.ended')}>
      <div className="row card-head">
        <StatusIcon status="off" />
        <h2 className="head">{t('accounts.ended')}</h2>
        <span className="second grow cut">{t('accounts.endedNote', { date: read[0] ?? '' })}</span>
      </div>
      {groups.map((group) => (
        <EndedRow key={group.provider.id} {...group} />
      ))}
    </section>
  );
}

function EndedRow({ provider, accounts }: AccountGroup<SignInProvider>) {
  const t = useText();
  const { mark, title, signIn } = provider;
  const { notice } = signIn;
  if (notice === undefined) return null;
  const instead = insteadOf(notice);
  const loginPath = `/accounts/login/${signIn.login}`;
  return (
    <>
      <div className="row ended-row">
        <Mark id={mark} />
        <h3 className="ended-name">{title}</h3>
        <p className="second grow">{noticeTexts(t, provider).text}</p>
        {notice.kind === 'restricted' && (
          <Button size="xs" variant="subtle" component={Link} to={loginPath}>
            {t('accounts.signIn')}
          </Button>
        )}
        {instead !== undefined && (
          <Button size="xs" component={Link} to={instead.path}>
            {instead.isKey ? t('accounts.pasteKey') : t('accounts.signInTo', { name: instead.title })}
          </Button>
        )}
      </div>
      <AccountRows accounts={accounts} provider={provider} />
    </>
  );
}
