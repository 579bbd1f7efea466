// Waits for the first request of a program, which the window's own request is not.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { clock, duration } from '../../components/format.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { onRequests } from '../../state/live.ts';

/** `claude-cli/2.0 (external)` is shown as `claude-cli/2.0`. */
const programOf = ({ user_agent }: RequestRecord) => user_agent?.split(' ')[0] ?? '';
/** Every browser says so, and this window is in one. */
const isBrowser = ({ user_agent }: RequestRecord) => user_agent?.startsWith('Mozilla/') === true;

export function FirstProgram({ onDone }: { readonly onDone: () => void }) {
  const t = useText();
  const [seen, setSeen] = useState<RequestRecord>();
  useEffect(
    () =>
      onRequests((event) => {
        if (event.phase !== 'end' || isBrowser(event.request)) return;
        // One that was answered stays, whatever comes after it.
        setSeen((before) => (before?.outcome === 'success' ? before : event.request));
      }),
    [],
  );
  const isAnswered = seen?.outcome === 'success';
  const program = seen === undefined ? '' : programOf(seen) || t('home.first.aProgram');
  return (
    <div className="row first-program">
      <div className="grow" role="status">
        {seen === undefined ? (
          <StatusText status="busy">{t('home.first.waiting')}</StatusText>
        ) : isAnswered ? (
          <StatusText status="ok">
            {t('home.first.programAnswered', {
              program,
              model: seen.model ?? '',
              at: clock(seen.started_at),
              time: duration(seen.total_ms ?? 0),
            })}
          </StatusText>
        ) : (
          <StatusText status="error">
            {t('home.first.programFailed', { program, cause: seen.error ?? String(seen.status ?? '') })}
          </StatusText>
        )}
      </div>
      <Button key={String(isAnswered)} autoFocus={isAnswered} onClick={onDone}>
        {t(isAnswered ? 'home.first.toHome' : 'home.first.skip')}
      </Button>
    </div>
  );
}
