// Asks for the management key, and explains why the server does not let the window in.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { span, useNow } from '../components/format.ts';
import { StatusText } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { transport } from '../state/client.ts';
import type { Lock } from '../transport/transport.ts';

/** The last part of a long wait is counted in seconds. */
const tickMs = 1000;

export function Unlock({ lock: { reason, detail, triesLeft, until } }: { readonly lock: Lock }) {
  const t = useText();
  const now = useNow(tickMs);
  const waitMs = until === undefined ? 0 : Math.max(0, until - now);
  const [key, setKey] = useState('');
  const [remember, setRemember] = useState(false);
  const open = (event: FormEvent) => {
    event.preventDefault();
    transport.unlock?.(key, remember);
  };
  const wrong = reason === 'wrong-key';
  const asksForKey = reason === 'no-key' || wrong;
  return (
    <main className="unlock">
      <form className="unlock-form" onSubmit={open} aria-label={t('unlock.title')}>
        <div>
          <h1 className="title">{t('unlock.title')}</h1>
          <p className="dim">{t('unlock.note')}</p>
        </div>
        {!asksForKey && (
          <div role="alert">
            <StatusText status="warn">{t(`unlock.reasons.${reason}.title`)}</StatusText>
            <p className="dim">{t(`unlock.reasons.${reason}.remedy`)}</p>
            {until === undefined
              ? detail && <p className="second">{detail}</p>
              : waitMs > 0 && <p>{t('unlock.wait', { time: span(waitMs) })}</p>}
          </div>
        )}
        <TextInput
          type="password"
          size="md"
          autoComplete="current-password"
          label={t('unlock.key')}
          description={t('unlock.keyHelp')}
          error={
            wrong && (triesLeft === undefined ? t('unlock.wrongKey') : t('unlock.wrongKeyTries', { count: triesLeft }))
          }
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data-autofocus
          autoFocus
          required
          withAsterisk={false}
        />
        <p className="second">{t('unlock.lost')}</p>
        <Checkbox
          label={t('unlock.remember')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <div>
          <Button type="submit" size="md" variant="filled" disabled={key.trim() === '' || waitMs > 0}>
            {t(asksForKey ? 'unlock.open' : 'unlock.tryAgain')}
          </Button>
        </div>
      </form>
    </main>
  );
}
