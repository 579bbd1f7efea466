// How a sign-in ended well: who it was, and where the account is kept.
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { maskEmail } from '../../components/mask.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';

interface SignedInProps {
  readonly provider: SignInProvider;
  readonly account: string;
  readonly file: string;
}

export function SignedIn({ provider, account, file }: SignedInProps) {
  const t = useText();
  const privacy = usePrivacy();
  const shown = (text: string) => (privacy ? maskEmail(text) : text);
  return (
    <div role="status">
      <h3 className="signed-in">
        <StatusIcon status="ok" />
        <span>{account === '' ? t('accounts.signedIn') : t('accounts.signedInAs', { name: shown(account) })}</span>
      </h3>
      <dl className="signed-in-facts">
        <dt className="dim">{t('accounts.savedAs')}</dt>
        <dd>
          <code>{shown(file)}</code>
          <p className="second">{t('accounts.savedNote')}</p>
        </dd>
      </dl>
      {provider.signIn.keyPage && (
        <p className="second">
          {t('accounts.oldKey', { name: provider.title })}{' '}
          <a href={provider.signIn.keyPage} target="_blank" rel="noreferrer">
            {provider.signIn.keyPage.replace('https://', '')}
          </a>
        </p>
      )}
    </div>
  );
}
