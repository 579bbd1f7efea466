// the sign-in drawer: proxy, link, live steps, countdown, and the ways out when the browser is elsewhere.
import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { Copy } from '../../components/copy.tsx';
import { SideDrawer } from '../../components/drawer.tsx';
import { maskAddress } from '../../components/mask.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useSetting } from '../../state/settings.ts';
import { LoginProgress } from './login-progress.tsx';
import { useLogin } from './use-login.ts';

interface LoginDrawerProps {
  readonly provider: SignInProvider;
  /** How many accounts of the provider there are already. */
  readonly accounts: number;
  readonly onClose: () => void;
}

export function LoginDrawer({ provider, accounts, onClose }: LoginDrawerProps) {
  const t = useText();
  const upstream = useSetting('proxy-url') ?? '';
  const [proxy, setProxy] = useState<'upstream' | 'direct'>('upstream');
  const [projectId, setProjectId] = useState('');
  const login = useLogin(provider);
  const { phase } = login;
  const port = provider.signIn.callbackPort;
  const options = {
    ...(proxy === 'direct' && upstream !== '' && { proxyUrl: 'direct' }),
    ...(projectId.trim() !== '' && { projectId: projectId.trim() }),
  };
  const begun = phase.kind === 'running';
  return (
    <SideDrawer
      title={t('accounts.signInTo', { name: provider.title })}
      note={
        accounts > 0 ? t('accounts.addsAnother', { count: accounts }) : t(`accounts.gives.${provider.signIn.login}`)
      }
      width={440}
      onClose={onClose}
      foot={
        begun ? (
          <>
            <Button onClick={() => void login.cancel()}>{t('accounts.cancelLogin')}</Button>
            <span className="second grow">{t('accounts.closeNote')}</span>
          </>
        ) : (
          <>
            <span className="grow" />
            <Button variant={phase.kind === 'done' ? 'filled' : 'default'} onClick={onClose}>
              {t('common.close')}
            </Button>
          </>
        )
      }
    >
      <div className="form">
        {phase.kind !== 'done' && (
          <>
            <Select
              label={t('accounts.proxy')}
              description={t('accounts.proxyHelp')}
              size="md"
              allowDeselect={false}
              disabled={begun}
              data={[
                {
                  value: 'upstream',
                  label: upstream
                    ? t('accounts.proxyUpstream', { address: maskAddress(upstream) })
                    : t('accounts.proxyNone'),
                },
                ...(upstream ? [{ value: 'direct', label: t('accounts.proxyDirect') }] : []),
              ]}
              value={proxy}
              onChange={(value) => setProxy(value as 'upstream')}
            />
            {provider.signIn.asksForProject && (
              <TextInput
                label={t('accounts.project')}
                description={t('accounts.projectHelp')}
                size="md"
                data-mono
                disabled={begun}
                value={projectId}
                onChange={(event) => setProjectId(event.currentTarget.value)}
              />
            )}
          </>
        )}
        {(phase.kind === 'idle' || phase.kind === 'starting') && (
          <div>
            <Button
              size="md"
              variant="filled"
              data-autofocus
              disabled={phase.kind === 'starting'}
              onClick={() => void login.start(options)}
            >
              {t('accounts.openPage')}
            </Button>
          </div>
        )}
        {phase.kind === 'rejected' && (
          <div role="alert">
            <StatusText status="error">{t('accounts.notStarted')}</StatusText>
            <p className="dim refusal">{phase.message}</p>
            <div className="row">
              <Button variant="filled" data-autofocus onClick={() => void login.start(options)}>
                {t('common.tryAgain')}
              </Button>
              {port !== undefined && (
                <Button onClick={() => void login.start({ ...options, listen: false })}>
                  {t('accounts.withoutPort')}
                </Button>
              )}
            </div>
          </div>
        )}
        {begun && (
          <>
            <SignInLink url={phase.url} onOpen={login.open} />
            {phase.userCode && <DeviceCode code={phase.userCode} />}
          </>
        )}
        {(begun || phase.kind === 'done' || phase.kind === 'failed') && (
          <LoginProgress provider={provider} phase={phase} />
        )}
        {phase.kind === 'failed' && (
          <div>
            <Button variant="filled" onClick={() => void login.start(options)}>
              {t('accounts.startAgain')}
            </Button>
          </div>
        )}
        {begun && port !== undefined && <PasteBack port={port} onSend={login.paste} />}
      </div>
    </SideDrawer>
  );
}

function SignInLink({ url, onOpen }: { readonly url: string; readonly onOpen: () => void }) {
  const t = useText();
  // The address carries the login's secret state: it is copied and opened, never shown in full.
  const shown = url.split('?')[0] ?? url;
  return (
    <div className="field">
      <div className="label">{t('accounts.page')}</div>
      <div className="row">
        <div className="sunken grow row link-line">
          <code className="cut grow">{shown}?…</code>
          <Copy value={url} what={t('accounts.link')} />
        </div>
        <Button size="md" variant="filled" data-autofocus onClick={onOpen}>
          {t('accounts.openAgain')}
        </Button>
      </div>
    </div>
  );
}

function DeviceCode({ code }: { readonly code: string }) {
  const t = useText();
  return (
    <div className="field">
      <div className="label">{t('accounts.code')}</div>
      <div className="sunken row code-line">
        <code className="device-code grow">{code}</code>
        <Copy value={code} what={t('accounts.code')} />
      </div>
      <p className="second">{t('accounts.codeHelp')}</p>
    </div>
  );
}

function PasteBack({
  port,
  onSend,
}: {
  readonly port: number;
  readonly onSend: (address: string) => Promise<boolean>;
}) {
  const t = useText();
  const [address, setAddress] = useState('');
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    if (await onSend(address.trim())) setAddress('');
    setSending(false);
  };
  return (
    <div>
      <Textarea
        label={t('accounts.elsewhere')}
        description={t('accounts.elsewhereHelp', { port })}
        placeholder={`http://localhost:${port}/…?code=…`}
        size="md"
        minRows={2}
        autosize
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button mt={8} disabled={address.trim() === '' || sending} onClick={() => void send()}>
        {t('accounts.finish')}
      </Button>
    </div>
  );
}
