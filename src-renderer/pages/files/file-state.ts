// The state of an account file in a shape and a phrase.
import type { AccountFile } from '../../../src-shared/contract/accounts.ts';
import { span } from '../../components/format.ts';
import type { Tone } from '../../components/status-icon.tsx';
import type { Text } from '../../i18n/i18n.ts';

interface FileState {
  readonly tone: Tone;
  readonly words: string;
}

/** Milliseconds until a resting account is used again by itself; 0 when it does not rest. */
export const restLeft = ({ next_retry_after }: Pick<AccountFile, 'next_retry_after'>, now: number): number =>
  next_retry_after === '' ? 0 : Math.max(0, Date.parse(next_retry_after) - now);

/** `now`: to say for how long it rests. */
export function fileState(
  t: Text,
  file: Pick<AccountFile, 'status' | 'disabled' | 'next_retry_after'>,
  now?: number,
): FileState {
  if (file.disabled) return { tone: 'off', words: t('files.states.disabled') };
  switch (file.status) {
    case 'ready':
      return { tone: 'ok', words: t('files.states.ready') };
    case 'refreshing':
      return { tone: 'busy', words: t('files.states.refreshing') };
    case 'cooling': {
      const left = now === undefined ? 0 : restLeft(file, now);
      const words = left > 0 ? t('files.states.coolingFor', { time: span(left) }) : t('files.states.cooling');
      return { tone: 'busy', words };
    }
    case 'error':
      return { tone: 'warn', words: t('files.states.error') };
    case 'disabled':
      return { tone: 'off', words: t('files.states.disabled') };
  }
}
