import { Button } from '@mantine/core';
import { Copy } from '../../components/copy.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { callDesktop, transport, useRead } from '../../state/client.ts';
import { settingTable } from '../../state/setting-table.ts';
import { backupRow } from './backup/backup-row.tsx';
import type { Section, SettingRow } from './section.ts';
import { settingRowsOf } from './setting-rows.ts';

const folders = { config: 'configFile', accounts: 'authDir', logs: 'logDirectory' } as const;
type Folder = keyof typeof folders;

const folderRow = (folder: Folder): SettingRow => ({
  id: `folder-${folder}`,
  name: (t) => t(`settings.folders.${folder}`),
  Control: FolderControl,
});

function FolderControl({ label, id }: { readonly label: string; readonly id: string }) {
  const t = useText();
  const folder = id.slice('folder-'.length) as Folder;
  const place = useRead('server-info.get').data?.[folders[folder]] ?? '';
  return (
    <div className="row wide">
      <code className="cut grow folder" title={place}>
        {place}
      </code>
      <Copy value={place} what={label} />
      {transport.desktop && (
        <Button
          size="xs"
          onClick={() => void attempt(t('common.folderFailed'), () => callDesktop('desktop.open-folder', { folder }))}
        >
          {t('settings.openFolder')}
        </Button>
      )}
    </div>
  );
}

export const advanced: Section = {
  id: 'advanced',
  rows: [
    ...settingRowsOf(settingTable, 'advanced'),
    backupRow,
    ...(Object.keys(folders) as readonly Folder[]).map(folderRow),
  ],
};
