// What a provider's terms say of a sign-in, before the link is made.
import { Anchor, Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SignInNotice } from '../../../src-shared/provider-row.ts';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { DrawerParts } from './login-drawer.tsx';
import { insteadOf, noticeTexts } from './notices.ts';

interface SignInTermsProps {
  readonly provider: SignInProvider;
  readonly notice: SignInNotice;
  readonly drawer: DrawerParts;
  /** `keep`: this is not to be said again. */
  readonly onContinue: (keep: boolean) => void;
}

export function SignInTerms({ provider, notice, drawer, onContinue }: SignInTermsProps) {
  const t = useText();
  const [keep, setKeep] = useState(false);
  const { title, text, instead } = noticeTexts(t, provider);
  const other = insteadOf(notice);
  return (
    <SideDrawer
      {...drawer}
      foot={
        <>
          <span className="grow" />
          {other !== undefined && (
            <Button component={Link} to={other.path}>
              {other.isKey ? t('accounts.useKey') : t('accounts.signInTo', { name: other.title })}
            </Button>
          )}
          <Button variant="filled" data-autofocus onClick={() => onContinue(keep)}>
            {t('accounts.continueSignIn')}
          </Button>
        </>
      }
    >
      <div className="form">
        <div className="terms" role="note">
          <StatusIcon status="warn" />
          <div>
            <h3 className="head">{title}</h3>
            <p className="second">{text}</p>
            <p className="second">
              {notice.url && (
                <>
                  <Anchor href={notice.url} target="_blank" rel="noreferrer">
                    {t('accounts.terms', { name: provider.title })}
                  </Anchor>
                  {', '}
                </>
              )}
              {t('accounts.termsRead', { date: notice.read })}
            </p>
          </div>
        </div>
        <section>
          <h3 className="head">{t('accounts.thisProgram')}</h3>
          <ul className="terms-list divided">
            <li className="dim">{t('accounts.ownName', { name: provider.title })}</li>
            <li className="dim">{t('accounts.saysWhy', { name: provider.title })}</li>
            <li className="dim">{t('accounts.staysHere')}</li>
          </ul>
        </section>
        <section>
          <h3 className="head">{t('accounts.allowed')}</h3>
          <p className="dim">{instead}</p>
        </section>
        <Checkbox
          label={t('accounts.notAgain', { name: provider.title })}
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      </div>
    </SideDrawer>
  );
}
