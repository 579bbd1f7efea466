// How a sign-in ended well: who it was, where the account is kept, and the models its vendor lists.
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { maskEmail } from '../../components/mask.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';

/** Names shown before the rest is only counted. */
const maxNames = 6;

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
        <dt className="dim">{t('accounts.itsModels')}</dt>
        <dd>
          <Models file={file} />
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

/** Asking is what makes the server read the vendor's list, so that the account offers these names from now on. */
function Models({ file }: { readonly file: string }) {
  const t = useText();
  const { data, error } = useRead('auth-files.models', { name: file });
  if (error) return t('accounts.modelsUnknown');
  if (data === undefined) return t('accounts.modelsAsked');
  const names = data.models.map(({ id }) => id);
  const more = names.length - maxNames;
  return (
    <>
      {names.slice(0, maxNames).join(', ')}
      {more > 0 && ` ${t('accounts.moreModels', { count: more })}`}
      {names.length === 0 && t('accounts.modelsUnknown')}
    </>
  );
}
