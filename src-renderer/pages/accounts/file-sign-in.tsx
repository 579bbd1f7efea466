// Signing in with a file that the provider has issued: dropped or chosen, with the region where the models are to run.
import { Button, FileButton, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { errorText } from '../../components/error-text.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import type { DrawerParts } from './login-drawer.tsx';
import { SignedIn } from './signed-in.tsx';

/** Key files have two or three kilobytes. */
const maxBytes = 256 * 1024;

interface FileSignInProps {
  readonly provider: SignInProvider;
  readonly drawer: DrawerParts;
}

type State =
  | { readonly kind: 'idle' | 'sending' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly account: string; readonly file: string };

export function FileSignIn({ provider, drawer }: FileSignInProps) {
  const t = useText();
  const [location, setLocation] = useState('');
  const [state, setState] = useState<State>({ kind: 'idle' });
  const send = async (file: File | null | undefined) => {
    if (!file) return;
    setState({ kind: 'sending' });
    try {
      if (file.size > maxBytes) throw new Error(t('accounts.fileTooLarge'));
      const files = [{ name: file.name, content: await file.text() }];
      const place = location.trim();
      const saved = await call('vertex.import', { files, ...(place !== '' && { location: place }) });
      setState({ kind: 'done', account: saved.email, file: saved['auth-file'] });
    } catch (error) {
      setState({ kind: 'failed', message: errorText(error) });
    }
  };
  const isDone = state.kind === 'done';
  return (
    <SideDrawer
      {...drawer}
      foot={
        <>
          <span className="grow" />
          {isDone && <Button onClick={() => setState({ kind: 'idle' })}>{t('accounts.signInAnother')}</Button>}
          <Button variant={isDone ? 'filled' : 'default'} onClick={drawer.onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className="form">
        {state.kind === 'done' ? (
          <>
            <SignedIn provider={provider} account={state.account} file={state.file} />
            <p className="second">{t('accounts.deleteDownload')}</p>
          </>
        ) : (
          <>
            <TextInput
              label={t('accounts.location')}
              description={t('accounts.locationHelp')}
              placeholder="us-central1"
              size="md"
              data-mono
              value={location}
              onChange={(event) => setLocation(event.currentTarget.value)}
            />
            <Dropzone
              className="file-drop"
              multiple={false}
              activateOnClick={false}
              activateOnKeyboard={false}
              tabIndex={-1}
              enablePointerEvents
              loading={state.kind === 'sending'}
              onDrop={([file]) => void send(file)}
            >
              <p>{t('accounts.dropKeyFile')}</p>
              <p className="second">{t('accounts.keyFileHelp')}</p>
              <FileButton accept="application/json,.json" onChange={(file) => void send(file)}>
                {({ onClick }) => (
                  <Button
                    variant="filled"
                    data-autofocus
                    leftSection={<IconUpload size={16} stroke={1.5} />}
                    onClick={onClick}
                  >
                    {t('accounts.chooseFile')}
                  </Button>
                )}
              </FileButton>
            </Dropzone>
            {state.kind === 'failed' && (
              <div role="alert">
                <StatusText status="error">{t('accounts.fileRefused')}</StatusText>
                <p className="dim refusal">{state.message}</p>
              </div>
            )}
          </>
        )}
      </div>
    </SideDrawer>
  );
}
