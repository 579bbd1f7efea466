// Puts everything into one file that only its passphrase opens.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SideDrawer } from '../../../components/drawer.tsx';
import { errorText } from '../../../components/error-text.ts';
import { saveText } from '../../../components/save-text.ts';
import { StatusText } from '../../../components/status-icon.tsx';
import { toastDone } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call } from '../../../state/client.ts';
import { backupParts, minPassphrase } from './parts.ts';

export function CreateBackup({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const isShort = passphrase !== '' && passphrase.length < minPassphrase;
  const isDifferent = repeated !== '' && repeated !== passphrase;
  const canCreate = passphrase.length >= minPassphrase && repeated === passphrase && !isRunning;
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (!canCreate) return;
    setRunning(true);
    setError(undefined);
    try {
      const { name, content } = await call('backup.create', { passphrase });
      saveText(name, content, 'text/plain');
      toastDone({ title: t('backup.created', { name }), detail: t('backup.createdNote') });
      onClose();
    } catch (failure) {
      setError(failure);
      setRunning(false);
    }
  };
  return (
    <SideDrawer
      title={t('backup.createTitle')}
      note={t('backup.note')}
      width={440}
      onClose={onClose}
      foot={
        <>
          <div className="grow cut" aria-live="polite">
            {isRunning && <StatusText status="busy">{t('backup.encrypting')}</StatusText>}
          </div>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="backup-form" variant="filled" disabled={!canCreate}>
            {t('backup.createNow')}
          </Button>
        </>
      }
    >
      <form id="backup-form" className="form" onSubmit={(event) => void create(event)}>
        <TextInput
          type="password"
          size="md"
          autoComplete="new-password"
          label={t('backup.passphrase')}
          description={t('backup.passphraseHelp', { count: minPassphrase })}
          error={isShort && t('backup.tooShort', { count: minPassphrase })}
          maxLength={1000}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          type="password"
          size="md"
          autoComplete="new-password"
          label={t('backup.repeat')}
          error={isDifferent && t('backup.different')}
          maxLength={1000}
          value={repeated}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
        {error !== undefined && (
          <div role="alert">
            <StatusText status="error">{t('backup.createFailed')}</StatusText>
            <p className="dim">{errorText(error)}</p>
          </div>
        )}
        <section>
          <h2 className="head">{t('backup.holds')}</h2>
          <ul className="plain-list dim">
            {backupParts.map((part) => (
              <li key={part}>{t(`backup.parts.${part}`)}</li>
            ))}
          </ul>
          <p className="second backup-note">{t('backup.format')}</p>
        </section>
      </form>
    </SideDrawer>
  );
}
