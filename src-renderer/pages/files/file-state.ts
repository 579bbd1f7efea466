// The state of an account file as an icon and a label.
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { clock, span } from '../../components/format.ts';
import type { Status } from '../../components/status-icon.tsx';
import type { Text } from '../../i18n/i18n.ts';

interface FileState {
  readonly status: Status;
  readonly label: string;
}

/** Milliseconds until an account that is cooling down is used again; 0 when it is not. */
export const cooldownLeft = (
  { next_retry_after, trouble }: Pick<AccountFile, 'next_retry_after' | 'trouble'>,
  now: number,
): number =>
  next_retry_after === '' || trouble === 'unreachable' ? 0 : Math.max(0, Date.parse(next_retry_after) - now);

/** `now`: to say for how long it cools down. */
export function fileState(
  t: Text,
  file: Pick<AccountFile, 'status' | 'disabled' | 'next_retry_after' | 'trouble'>,
  now?: number,
): FileState {
  if (file.disabled && file.status !== 'unsupported') return { status: 'off', label: t('files.states.disabled') };
  switch (file.status) {
    case 'ready':
      return { status: 'ok', label: t('files.states.ready') };
    case 'refreshing':
      return { status: 'busy', label: t('files.states.refreshing') };
    case 'cooling': {
      const left = now === undefined ? 0 : cooldownLeft(file, now);
      const label = left > 0 ? t('files.states.coolingFor', { time: span(left) }) : t('files.states.cooling');
      return { status: 'busy', label };
    }
    case 'error':
      return troubleState(t, file.trouble);
    case 'unsupported':
      return { status: 'off', label: t('files.states.unsupported') };
    case 'disabled':
      return { status: 'off', label: t('files.states.disabled') };
  }
}

/** Only a new sign-in is the person's to do; the rest is tried again without them. */
function troubleState(t: Text, trouble: AccountFile['trouble']): FileState {
  switch (trouble) {
    case 'unreachable':
      return { status: 'busy', label: t('files.states.unreachable') };
    case 'rejected':
      return { status: 'warn', label: t('files.states.rejected') };
    case 'invalid':
      return { status: 'error', label: t('files.states.invalid') };
    default:
      return { status: 'warn', label: t('files.states.error') };
  }
}

/** When an account that does not work is tried again without the person; `''` when it is not. */
export const nextTryText = (t: Text, { trouble, next_retry_after: time }: AccountFile): string =>
  (trouble === 'unreachable' || trouble === 'rejected') && time !== ''
    ? t('files.triesAgain', { time: clock(time) })
    : '';
