// One account: its state, what it did, whether it is used; trouble is explained below, beside what fixes it.
import { Button, Menu, Switch } from '@mantine/core';
import { Link } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { ago, share, useNow, whole } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { RowMenu } from '../../components/row-menu.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { downloadFile, endCooldown, removeFiles, setDisabled } from '../files/actions.ts';
import { cooldownLeft, fileState, nextTryText } from '../files/file-state.ts';

interface AccountRowProps {
  readonly file: AccountFile;
  /** Where to sign in again. */
  readonly loginPath: string;
}

export function AccountRow({ file, loginPath }: AccountRowProps) {
  const t = useText();
  const now = useNow();
  const privacy = usePrivacy();
  const plain = file.label || file.email || file.name;
  const name = privacy ? maskEmail(plain) : plain;
  const { status, label } = fileState(t, file, now);
  const coolingDown = cooldownLeft(file, now) > 0;
  const requests = file.success + file.failed;
  return (
    <li className="account">
      <div className="acc account-line">
        <StatusText status={status}>{label}</StatusText>
        <span className={`cut ${file.disabled ? 'dim' : ''}`} title={name}>
          {name}
        </span>
        <span className="cut dim wide-only">{privacy ? maskEmail(file.name) : file.name}</span>
        <span className="num">{whole(requests)}</span>
        <span className="num">{share(file.success, requests)}</span>
        <span className="num dim">{ago(file.last_used, now)}</span>
        <Switch
          checked={!file.disabled}
          aria-label={t('accounts.useNamed', { name })}
          onChange={(event) => void setDisabled([file], !event.currentTarget.checked)}
        />
        <RowMenu name={name}>
          {() => (
            <>
              {coolingDown && (
                <Menu.Item onClick={() => void endCooldown(file.name)}>{t('files.endCooldown')}</Menu.Item>
              )}
              <Menu.Item component={Link} to={loginPath}>
                {t('accounts.signInAgain')}
              </Menu.Item>
              <Menu.Item component={Link} to={`/files/${encodeURIComponent(file.name)}`}>
                {t('accounts.showFile')}
              </Menu.Item>
              <Menu.Item onClick={() => void downloadFile(file.name)}>{t('files.download')}</Menu.Item>
              <Menu.Divider />
              <Menu.Item className="danger" onClick={() => void removeFiles([file.name])}>
                {t('common.delete')}
              </Menu.Item>
            </>
          )}
        </RowMenu>
      </div>
      {file.status === 'error' && !file.disabled && (
        <div className="row account-trouble">
          <p className="second grow">
            {(privacy ? maskEmail(file.status_message) : file.status_message) || t('accounts.loginRejected')}{' '}
            {file.trouble === 'login' ? t('accounts.meanwhile') : nextTryText(t, file)}
          </p>
          {file.trouble === 'login' && (
            <Button size="xs" variant="filled" component={Link} to={loginPath}>
              {t('accounts.signInAgain')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
