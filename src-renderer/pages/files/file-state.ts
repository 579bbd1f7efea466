// The state of an account file as an icon and a label.
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { span } from '../../components/format.ts';
import type { Status } from '../../components/status-icon.tsx';
import type { Text } from '../../i18n/i18n.ts';

interface FileState {
  readonly status: Status;
  readonly label: string;
}

/** Milliseconds until an account that is cooling down is used again; 0 when it is not. */
export const cooldownLeft = ({ next_retry_after }: Pick<AccountFile, 'next_retry_after'>, now: number): number =>
  next_retry_after === '' ? 0 : Math.max(0, Date.parse(next_retry_after) - now);

/** `now`: to say for how long it cools down. */
export function fileState(
  t: Text,
  file: Pick<AccountFile, 'status' | 'disabled' | 'next_retry_after'>,
  now?: number,
): FileState {
  if (file.disabled) return { status: 'off', label: t('files.states.disabled') };
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
      return { status: 'warn', label: t('files.states.error') };
    case 'disabled':
      return { status: 'off', label: t('files.states.disabled') };
  }
}
