// Everything in one encrypted file, and back: two buttons on the page, and what they open.
import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useText } from '../../../i18n/i18n.ts';
import type { SettingRow } from '../section.ts';

const CreateBackup = lazy(async () => ({ default: (await import('./create-backup.tsx')).CreateBackup }));
const RestoreBackup = lazy(async () => ({ default: (await import('./restore-backup.tsx')).RestoreBackup }));

export const backupRow: SettingRow = {
  id: 'backup',
  name: (t) => t('backup.title'),
  note: (t) => t('backup.note'),
  Control: BackupControl,
};

/** `#/settings/backup/create` and `…/restore`, where the palette leads to. */
function BackupControl() {
  const t = useText();
  const navigate = useNavigate();
  const { '*': wanted = '' } = useParams();
  const go = (act?: 'create' | 'restore') => void navigate(act ? `/settings/backup/${act}` : '/settings/backup');
  return (
    <div className="row">
      <Button onClick={() => go('create')}>{t('backup.create')}</Button>
      <Button onClick={() => go('restore')}>{t('backup.restore')}</Button>
      <Suspense>
        {wanted === 'backup/create' && <CreateBackup onClose={() => go()} />}
        {wanted === 'backup/restore' && <RestoreBackup onClose={() => go()} />}
      </Suspense>
    </div>
  );
}
