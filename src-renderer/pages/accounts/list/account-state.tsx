// The state of an account in its column; what ends by itself says when.
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { clock, useNow } from '../../../components/format.ts';
import { Ring } from '../../../components/ring.tsx';
import { StatusText } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { cooldownLeft, fileState } from '../../files/file-state.ts';

export function AccountState({ file }: { readonly file: AccountFile }) {
  const t = useText();
  if (file.status === 'cooling' && !file.disabled) return <Cooling file={file} />;
  const { status, label } = fileState(t, file);
  const triesAgain = file.status === 'error' && file.trouble !== 'login' && file.next_retry_after !== '';
  return (
    <>
      <StatusText status={status}>{label}</StatusText>
      {triesAgain && !file.disabled && (
        <span className="second state-more">{t('accounts.triesAt', { time: clock(file.next_retry_after) })}</span>
      )}
    </>
  );
}

/** Steps once a second, on a clock of its own so that the list need not. */
function Cooling({ file }: { readonly file: AccountFile }) {
  const t = useText();
  const now = useNow(1000);
  const left = cooldownLeft(file, now);
  const whole = Date.parse(file.next_retry_after) - Date.parse(file.status_since);
  return (
    <span className="status t-text">
      <Ring {...(left > 0 && whole > 0 && { left: Math.min(1, left / whole) })} />
      {fileState(t, file, now).label}
    </span>
  );
}
