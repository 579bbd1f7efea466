// The state of an account file in a shape and a phrase.
import type { AccountFile } from '../../../src-shared/contract/accounts.ts';
import type { Text } from '../../i18n/i18n.ts';
import type { Tone } from '../../parts/shape.tsx';

interface FileState {
  readonly tone: Tone;
  readonly words: string;
}

export function fileState(t: Text, file: Pick<AccountFile, 'status' | 'disabled'>): FileState {
  if (file.disabled) return { tone: 'off', words: t('files.states.disabled') };
  switch (file.status) {
    case 'ready':
      return { tone: 'ok', words: t('files.states.ready') };
    case 'refreshing':
      return { tone: 'busy', words: t('files.states.refreshing') };
    case 'cooling':
      return { tone: 'busy', words: t('files.states.cooling') };
    case 'error':
      return { tone: 'warn', words: t('files.states.error') };
    case 'disabled':
      return { tone: 'off', words: t('files.states.disabled') };
  }
}
