// Reads a backup, shows what it would change, and restores the parts that are wanted.
import { Button, Checkbox, FileButton, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { BackupPart } from '../../../../src-shared/contract/backup.ts';
import { SideDrawer } from '../../../components/drawer.tsx';
import { errorText } from '../../../components/error-text.ts';
import { bytes, clock, day } from '../../../components/format.ts';
import { maskEmail } from '../../../components/mask.ts';
import { StatusText } from '../../../components/status-icon.tsx';
import { toastDone } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call, invalidate } from '../../../state/client.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import type { OperationOutput } from '../../../transport/transport.ts';
import { backupParts, maxBackupBytes, minPassphrase } from './parts.ts';

type Preview = OperationOutput<'backup.restore'>;

export function RestoreBackup({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [phase, setPhase] = useState<'idle' | 'reading' | 'restoring'>('idle');
  const [preview, setPreview] = useState<Preview>();
  const [parts, setParts] = useState<ReadonlySet<BackupPart>>(new Set(backupParts));
  const [error, setError] = useState<unknown>();
  const isTooLarge = file !== undefined && file.size > maxBackupBytes;
  const canRead = file !== undefined && !isTooLarge && passphrase.length >= minPassphrase && phase === 'idle';
  const has = (part: BackupPart) =>
    preview?.items.some((item) => item.part === part && item.change !== 'same') === true;
  const wanted = backupParts.filter((part) => parts.has(part) && has(part));

  const choose = (chosen: File | null | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setPreview(undefined);
    setError(undefined);
  };
  const restore = async (isPreview: boolean) => {
    if (file === undefined) return;
    setPhase(isPreview ? 'reading' : 'restoring');
    setError(undefined);
    try {
      const content = await file.text();
      const only = isPreview ? {} : { parts: wanted };
      const result = await call('backup.restore', { content, passphrase, preview: isPreview, ...only });
      if (isPreview) setPreview(result);
      else {
        await invalidate('auth-files.list', 'client-keys.list', 'config.get', 'usage-history.get');
        toastDone({ title: t('backup.restored'), detail: t('backup.restoredNote') });
        onClose();
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setPhase('idle');
    }
  };
  const read = (event: FormEvent) => {
    event.preventDefault();
    if (canRead) void restore(true);
  };
  const toggle = (part: BackupPart, on: boolean) => {
    const next = new Set(parts);
    if (on) next.add(part);
    else next.delete(part);
    setParts(next);
  };
  return (
    <SideDrawer
      title={t('backup.restoreTitle')}
      note={preview && t('backup.madeAt', { date: day(preview.time), time: clock(preview.time) })}
      width={560}
      onClose={onClose}
      foot={
        <>
          <div className="grow cut" aria-live="polite">
            {phase === 'reading' && <StatusText status="busy">{t('backup.decrypting')}</StatusText>}
            {phase === 'restoring' && <StatusText status="busy">{t('backup.restoring')}</StatusText>}
          </div>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {preview ? (
            <Button
              variant="filled"
              disabled={wanted.length === 0 || phase !== 'idle'}
              onClick={() => void restore(false)}
            >
              {t('backup.restoreNow')}
            </Button>
          ) : (
            <Button type="submit" form="restore-form" variant="filled" disabled={!canRead}>
              {t('backup.show')}
            </Button>
          )}
        </>
      }
    >
      <form id="restore-form" className="form" onSubmit={read}>
        <Dropzone
          className="file-drop"
          multiple={false}
          activateOnClick={false}
          activateOnKeyboard={false}
          tabIndex={-1}
          enablePointerEvents
          onDrop={([dropped]) => choose(dropped)}
        >
          <p>{file ? t('backup.file', { name: file.name, size: bytes(file.size) }) : t('backup.drop')}</p>
          <FileButton accept=".age" onChange={choose}>
            {({ onClick }) => (
              <Button data-autofocus leftSection={<IconUpload size={16} stroke={1.5} />} onClick={onClick}>
                {t(file ? 'backup.chooseOther' : 'backup.choose')}
              </Button>
            )}
          </FileButton>
        </Dropzone>
        <TextInput
          type="password"
          size="md"
          autoComplete="off"
          label={t('backup.passphrase')}
          maxLength={1000}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setPreview(undefined);
          }}
        />
        {isTooLarge && <p className="t-error">{t('backup.tooLarge', { size: bytes(maxBackupBytes) })}</p>}
        {error !== undefined && (
          <div role="alert">
            <StatusText status="error">{t(preview ? 'backup.restoreFailed' : 'backup.readFailed')}</StatusText>
            <p className="dim">{errorText(error)}</p>
          </div>
        )}
        {preview && <Changes preview={preview} parts={parts} has={has} onToggle={toggle} />}
      </form>
    </SideDrawer>
  );
}

interface ChangesProps {
  readonly preview: Preview;
  readonly parts: ReadonlySet<BackupPart>;
  readonly has: (part: BackupPart) => boolean;
  readonly onToggle: (part: BackupPart, on: boolean) => void;
}

function Changes({ preview: { items }, parts, has, onToggle }: ChangesProps) {
  const t = useText();
  const privacy = usePrivacy();
  return (
    <section>
      <h2 className="head">{t('backup.changes')}</h2>
      <ul className="plain-list">
        {backupParts.map((part) => (
          <li key={part}>
            <Checkbox
              size="xs"
              label={t(`backup.parts.${part}`)}
              disabled={!has(part)}
              checked={has(part) && parts.has(part)}
              onChange={(event) => onToggle(part, event.currentTarget.checked)}
            />
            <ul className="backup-items second">
              {items
                .filter((item) => item.part === part)
                .map(({ name, change }) => (
                  <li key={name} className="row">
                    {part !== 'usage' && <span className="cut grow">{privacy ? maskEmail(name) : name}</span>}
                    <span>{t(part === 'usage' ? 'backup.usageAdded' : `backup.change.${change}`)}</span>
                  </li>
                ))}
              {items.every((item) => item.part !== part) && <li>{t('backup.none')}</li>}
            </ul>
          </li>
        ))}
      </ul>
      <p className="second backup-note">{t('backup.stays')}</p>
    </section>
  );
}
