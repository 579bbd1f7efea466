// The sign-in drawer: the provider's terms first, then a login, or a file where the provider issues one.
import { useState } from 'react';
import { hasLogin, type SignInProvider } from '../../../src-shared/providers.ts';
import { useText } from '../../i18n/i18n.ts';
import { setPreference, usePreferences } from '../../state/preferences.ts';
import { FileSignIn } from './file-sign-in.tsx';
import { LoginForm } from './login-form.tsx';
import { SignInTerms } from './sign-in-terms.tsx';
import { useLogin } from './use-login.ts';

interface LoginDrawerProps {
  readonly provider: SignInProvider;
  /** How many accounts of the provider there are already. */
  readonly accounts: number;
  readonly onClose: () => void;
}

/** What a form of the drawer needs of it. */
export interface DrawerParts {
  readonly title: string;
  readonly note: string;
  readonly width: 440;
  readonly onClose: () => void;
}

export function LoginDrawer({ provider, accounts, onClose }: LoginDrawerProps) {
  const t = useText();
  const { signIn, title } = provider;
  const login = useLogin(provider);
  const { readTerms } = usePreferences();
  const [hasRead, setHasRead] = useState(false);
  const { notice } = signIn;
  const isKnown = hasRead || (notice !== undefined && readTerms[signIn.login] === notice.read);
  const drawer: DrawerParts = {
    title: t('accounts.signInTo', { name: title }),
    note: accounts > 0 ? t('accounts.addsAnother', { count: accounts }) : t(`providerTexts.gives.${signIn.login}`),
    width: 440,
    onClose,
  };
  if (notice !== undefined && !isKnown && login.phase.kind === 'idle') {
    return (
      <SignInTerms
        provider={provider}
        notice={notice}
        drawer={drawer}
        onContinue={(keep) => {
          if (keep) setPreference('readTerms', { ...readTerms, [signIn.login]: notice.read });
          setHasRead(true);
        }}
      />
    );
  }
  return hasLogin(signIn) ? (
    <LoginForm provider={provider} login={login} drawer={drawer} />
  ) : (
    <FileSignIn provider={provider} drawer={drawer} />
  );
}
