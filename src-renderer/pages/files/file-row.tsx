// One row of the table of account files. Redrawn only when its own file changes.
import { Menu } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { ago, bytes, whole } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { PlainCheckbox, PlainSwitch } from '../../components/plain-inputs.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { downloadFile, endCooldown, removeFiles, setDisabled } from './actions.ts';
import { cooldownLeft, fileState, nextTryText } from './file-state.ts';

interface FileRowProps {
  readonly file: AccountFile;
  readonly index: number;
  readonly now: number;
  readonly selected: boolean;
  readonly onToggle: (name: string, on: boolean) => void;
}

export const FileRow = memo(function FileRow({ file, index, now, selected, onToggle }: FileRowProps) {
  const t = useText();
  const privacy = usePrivacy();
  const name = privacy ? maskEmail(file.name) : file.name;
  const { status, label } = fileState(t, file, now);
  return (
    <tr aria-rowindex={index} className={file.disabled ? 'dim' : ''}>
      <td className="pick">
        <PlainCheckbox
          label={t('files.select', { name })}
          checked={selected}
          onChange={(on) => onToggle(file.name, on)}
        />
      </td>
      <td className="col-name">
        <Link className="cut file-name" to={`/files/${encodeURIComponent(file.name)}`} title={name}>
          {name}
        </Link>
      </td>
      <td className="cut wide-only">{privacy ? maskEmail(file.email) : file.email || '–'}</td>
      <td className="narrow-off">
        <span className="tag">{file.type || t('files.unknown')}</span>
      </td>
      <td title={[label, nextTryText(t, file)].filter(Boolean).join('. ')}>
        <StatusText status={status}>{label}</StatusText>
      </td>
      <td className="num dim wide-only col-size">{bytes(file.size)}</td>
      <td className="num dim narrow-off">{ago(file.modtime, now)}</td>
      <td className="num dim wide-only">{ago(file.last_used, now)}</td>
      <td className="num narrow-off">
        {whole(file.success)} / {whole(file.failed)}
      </td>
      <td>
        <PlainSwitch
          label={t('accounts.useNamed', { name })}
          checked={!file.disabled}
          onChange={(on) => void setDisabled([file], !on)}
        />
      </td>
      <td className="act">
        <RowMenu name={name}>
          {() => (
            <>
              <Menu.Item component={Link} to={`/files/${encodeURIComponent(file.name)}`}>
                {t('accounts.showFile')}
              </Menu.Item>
              {cooldownLeft(file, now) > 0 && (
                <Menu.Item onClick={() => void endCooldown(file.name)}>{t('files.endCooldown')}</Menu.Item>
              )}
              <Menu.Item onClick={() => void downloadFile(file.name)}>{t('files.download')}</Menu.Item>
              <Menu.Divider />
              <Menu.Item className="danger" onClick={() => void removeFiles([file.name])}>
                {t('common.delete')}
              </Menu.Item>
            </>
          )}
        </RowMenu>
      </td>
    </tr>
  );
});
