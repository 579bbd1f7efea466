// How a sign-in ended well: who it was, where the account is kept, its plan, limits and models, and a request to try it.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { LimitMeter } from '../../components/limit-meter.tsx';
import { maskEmail } from '../../components/mask.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';

const SendRequest = lazy(async () => ({ default: (await import('../home/send-request.tsx')).SendRequest }));

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
        <PlanAndLimits file={file} name={account || file} />
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
      <TestRequest />
    </div>
  );
}

/** As far as they are known: many providers tell of limits with the first response only. */
function PlanAndLimits({ file, name }: { readonly file: string; readonly name: string }) {
  const t = useText();
  const privacy = usePrivacy();
  const plan = useRead('auth-files.list').data?.files.find((one) => one.name === file)?.plan;
  const limits = useRead('account-limits.list').data?.accounts.find((one) => one.name === file);
  const windows = limits?.windows ?? [];
  return (
    <>
      {plan && (
        <>
          <dt className="dim">{t('accounts.itsPlan')}</dt>
          <dd>{plan}</dd>
        </>
      )}
      {windows.length > 0 && (
        <>
          <dt className="dim">{t('accounts.itsLimits')}</dt>
          <dd>
            {windows.map((window) => (
              <LimitMeter
                key={window.id}
                window={window}
                source={limits}
                name={`${privacy ? maskEmail(name) : name}, ${window.label}`}
                now={Date.now()}
                named
                inline
              />
            ))}
          </dd>
        </>
      )}
    </>
  );
}

/** Proves the whole way from a client to the account's provider. */
function TestRequest() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (isOpen)
    return (
      <Suspense>
        <SendRequest />
      </Suspense>
    );
  return (
    <Button variant="filled" data-autofocus onClick={() => setOpen(true)}>
      {t('accounts.sendTest')}
    </Button>
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
