// What became of a request, in the words of the list. The number of a status stands in the drawer.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type { Status } from '../../components/status-icon.tsx';
import type { Text } from '../../i18n/i18n.ts';

export interface RequestState {
  readonly status: Status;
  readonly label: string;
}

/** `keyName`: as the list names the client's key. */
export function requestState(t: Text, record: RequestRecord, keyName: string): RequestState {
  if (record.state === 'running') {
    const step = record.first_byte_ms === null ? 'waiting' : 'streaming';
    return { status: 'busy', label: t(`requests.running.${step}`) };
  }
  if (record.outcome === 'success') {
    const tries = record.tries.length;
    return { status: 'ok', label: tries > 1 ? t('requests.answeredTries', { count: tries }) : t('requests.answered') };
  }
  if (record.outcome === 'aborted') return { status: 'off', label: t('requests.clientLeft') };
  return { status: 'error', label: failureText(t, record, keyName) };
}

/** Nobody was asked: the client's model, key, limit or request was the cause. */
export const isUnknownModel = ({ outcome, status, tries }: RequestRecord): boolean =>
  outcome === 'failure' && status === 404 && tries.length === 0;

function failureText(t: Text, record: RequestRecord, keyName: string): string {
  const { status, tries } = record;
  const last = tries.at(-1);
  if (last === undefined) {
    if (status === 404) return t('requests.noSuchModel');
    if (status === 429) return t('requests.overLimit', { key: keyName });
    if (status === 401) return t('requests.keyExpired');
    if (status === 403) return t('requests.notAllowed');
    if (status !== null && status >= 500) return t('requests.nobody');
    return t('requests.badRequest');
  }
  if (status === 200) return t('requests.cutOff');
  if (last.status === null) return t('requests.noAnswer');
  if (last.status === 429) return t('requests.limitReached');
  if (last.status >= 400 && last.status < 500) return t('requests.refused', { status: last.status });
  return t('requests.failedWith', { status: last.status });
}
