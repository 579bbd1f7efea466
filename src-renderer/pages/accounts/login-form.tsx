// A login in the drawer: its ways, proxy, link, live steps, countdown, and the ways out when the browser is elsewhere.
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LoginFlow } from '../../../src-shared/provider-row.ts';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { maskAddress } from '../../components/mask.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useSetting } from '../../state/settings.ts';
import type { DrawerParts } from './login-drawer.tsx';
import { LoginProgress } from './login-progress.tsx';
import { DeviceCode, PasteBack, SignInLink } from './login-steps.tsx';
import { SignedIn } from './signed-in.tsx';
import type { Login } from './use-login.ts';

interface LoginFormProps {
  readonly provider: SignInProvider;
  readonly login: Login;
  readonly drawer: DrawerParts;
}

export function LoginForm({ provider, login, drawer }: LoginFormProps) {
  const t = useText();
  const { phase } = login;
  const { flows, callbackPort: port } = provider.signIn;
  const logins = flows.filter((each): each is LoginFlow => each !== 'file');
  const [flow, setFlow] = useState<LoginFlow>(logins[0] ?? 'browser');
  const [proxyUrl, setProxyUrl] = useState<string>();
  const [projectId, setProjectId] = useState('');
  const options = {
    ...(flow !== flows[0] && { flow }),
    ...(proxyUrl !== undefined && { proxyUrl }),
    ...(projectId.trim() !== '' && { projectId: projectId.trim() }),
  };
  const begun = phase.kind === 'running';
  return (
    <SideDrawer
      {...drawer}
      foot={
        begun ? (
          <>
            <Button onClick={() => void login.cancel()}>{t('accounts.cancelLogin')}</Button>
            <span className="second grow">{t('accounts.closeNote')}</span>
          </>
        ) : (
          <>
            <span className="grow" />
            {phase.kind === 'done' && <Button onClick={login.forget}>{t('accounts.signInAnother')}</Button>}
            <Button
              variant={phase.kind === 'done' ? 'filled' : 'default'}
              {...(phase.kind === 'done' && { 'data-autofocus': true })}
              onClick={drawer.onClose}
            >
              {t('common.close')}
            </Button>
          </>
        )
      }
    >
      <div className="form">
        {phase.kind !== 'done' && (
          <>
            {logins.length > 1 && (
              <Select
                label={t('accounts.way')}
                size="md"
                allowDeselect={false}
                disabled={begun}
                data={logins.map((value) => ({ value, label: t(`accounts.ways.${value}`) }))}
                value={flow}
                onChange={(value) => setFlow(value as LoginFlow)}
              />
            )}
            <ProxyChoice disabled={begun} onChange={setProxyUrl} />
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
              {t(flow === 'device' ? 'accounts.getCode' : 'accounts.openPage')}
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
              {port !== undefined && flow === 'browser' && (
                <Button onClick={() => void login.start({ ...options, listen: false })}>
                  {t('accounts.withoutPort')}
                </Button>
              )}
            </div>
          </div>
        )}
        {begun && (
          <>
            {phase.userCode && <DeviceCode code={phase.userCode} />}
            <SignInLink url={phase.url} onOpen={login.open} />
          </>
        )}
        {phase.kind === 'done' && <SignedIn provider={provider} {...phase} />}
        {(begun || phase.kind === 'failed') && <LoginProgress provider={provider} phase={phase} />}
        {phase.kind === 'failed' && (
          <div>
            <Button variant="filled" onClick={() => void login.start(options)}>
              {t('accounts.startAgain')}
            </Button>
          </div>
        )}
        {begun && phase.flow !== 'device' && <PasteBack flow={phase.flow} port={port} onSend={login.paste} />}
      </div>
    </SideDrawer>
  );
}

interface ProxyChoiceProps {
  readonly disabled: boolean;
  /** The proxy of this login; `undefined`: the configured one. */
  readonly onChange: (proxyUrl: string | undefined) => void;
}

function ProxyChoice({ disabled, onChange }: ProxyChoiceProps) {
  const t = useText();
  const upstream = useSetting('proxy-url') ?? '';
  const [proxy, setProxy] = useState<'upstream' | 'direct'>('upstream');
  const configured = upstream
    ? t('accounts.proxyUpstream', { address: maskAddress(upstream) })
    : t('accounts.proxyNone');
  return (
    <Select
      label={t('accounts.proxy')}
      description={t('accounts.proxyHelp')}
      size="md"
      allowDeselect={false}
      disabled={disabled}
      data={[
        { value: 'upstream', label: configured },
        ...(upstream ? [{ value: 'direct', label: t('accounts.proxyDirect') }] : []),
      ]}
      value={proxy}
      onChange={(value) => {
        setProxy(value as 'upstream');
        onChange(value === 'direct' && upstream !== '' ? 'direct' : undefined);
      }}
    />
  );
}
