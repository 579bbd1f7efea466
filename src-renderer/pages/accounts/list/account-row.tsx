// One account: its state, its plan, its limits and its last day; trouble is explained below, beside what fixes it.
import { Button } from '@mantine/core';
import { memo } from 'react';
import { Link, useNavigate } from 'react-router';
import type { AccountLimits } from '../../../../src-shared/contract/account-limits.ts';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { LifeLine, type LifeSlot } from '../../../components/life-line.tsx';
import { LimitMeter } from '../../../components/limit-meter.tsx';
import { limitColumns, limitName } from '../../../components/limit-window.ts';
import { maskEmail } from '../../../components/mask.ts';
import { PlainSwitch } from '../../../components/plain-inputs.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import { setDisabled } from '../../files/actions.ts';
import { nextTryText } from '../../files/file-state.ts';
import { AccountMenu } from './account-menu.tsx';
import { accountPath, planText } from './account-names.ts';
import { AccountState } from './account-state.tsx';
import { retryAccounts } from './retry.ts';

export interface AccountRowProps {
  readonly file: AccountFile;
  readonly limits: AccountLimits | undefined;
  /** The last 24 hours; undefined while they are not known. */
  readonly life: readonly LifeSlot[] | undefined;
  readonly now: number;
  /** Where to sign in again; undefined where nobody can. */
  readonly loginPath: string | undefined;
  /** Its trouble is told in the head of the group. */
  readonly isShared: boolean;
  /** Its remedy is the filled button. */
  readonly isFirst: boolean;
}

export const AccountRow = memo(function AccountRow(props: AccountRowProps) {
  const { file, limits, life, now, loginPath } = props;
  const t = useText();
  const privacy = usePrivacy();
  const navigate = useNavigate();
  const shown = (text: string) => (privacy ? maskEmail(text) : text);
  const name = shown(file.label || file.email || file.name);
  const { short, long } = limitColumns(limits?.windows ?? []);
  const meter = (window: typeof short, usual: string) => (
    <LimitMeter
      window={window}
      source={limits}
      name={window === undefined ? name : `${name}, ${limitName(window)}`}
      now={now}
      named={window !== undefined && window.id !== usual}
    />
  );
  const openRequests = () => void navigate(`/requests?${new URLSearchParams({ q: `by:${file.name}` })}`);
  return (
    <>
      <div className="lim account-line">
        <span className="lim-state">
          <AccountState file={file} />
        </span>
        <span className="lim-who">
          <Link className={`cut plain-link ${file.disabled ? 'dim' : ''}`} to={accountPath(file.name)} title={name}>
            {name}
          </Link>
          <span className="second cut block">{shown(planText(t, file, limits))}</span>
        </span>
        <span className={`lim-short ${short ? '' : 'nil'}`}>{meter(short, '5h')}</span>
        <span className={`lim-long ${long ? '' : 'nil'}`}>{meter(long, '7d')}</span>
        <span className="lim-life">
          {life && <LifeLine slots={life} name={t('accounts.lifeOf', { name })} onOpen={openRequests} />}
        </span>
        <span className="lim-use">
          <PlainSwitch
            label={t('accounts.useNamed', { name })}
            checked={!file.disabled}
            onChange={(on) => void setDisabled([file], !on)}
          />
        </span>
        <span className="lim-more">
          <AccountMenu file={file} name={name} loginPath={loginPath} />
        </span>
      </div>
      <Trouble {...props} shown={shown} />
    </>
  );
});

/** What is wrong, and what the person can do about it. */
function Trouble({ file, loginPath, isShared, isFirst, shown }: AccountRowProps & { shown: (text: string) => string }) {
  const t = useText();
  const isWrong = file.status === 'error' || file.status === 'unsupported';
  if (isShared || !isWrong || (file.disabled && file.status === 'error')) return null;
  const needsLogin = file.trouble === 'login';
  return (
    <div className="row account-trouble">
      <p className="second grow">
        {shown(file.status_message) || t('accounts.loginRejected')}{' '}
        {needsLogin ? t('accounts.meanwhile') : nextTryText(t, file)}
      </p>
      {needsLogin && loginPath !== undefined && (
        <Button size="xs" variant={isFirst ? 'filled' : 'default'} component={Link} to={loginPath}>
          {t('accounts.signInAgain')}
        </Button>
      )}
      {file.next_retry_after !== '' && file.status === 'error' && !needsLogin && (
        <Button size="xs" onClick={() => void retryAccounts([file.name])}>
          {t('common.tryAgain')}
        </Button>
      )}
    </div>
  );
}
