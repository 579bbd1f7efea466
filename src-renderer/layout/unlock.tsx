// Asks for the management key, and explains why the server does not let the window in.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Status } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { transport } from '../state/client.ts';
import type { LockReason } from '../transport/transport.ts';

interface GateProps {
  readonly reason: LockReason;
  readonly detail: string;
}

export function Gate({ reason, detail }: GateProps) {
  const t = useText();
  const [key, setKey] = useState('');
  const [remember, setRemember] = useState(false);
  const open = (event: FormEvent) => {
    event.preventDefault();
    transport.unlock?.(key, remember);
  };
  const wrong = reason === 'wrong-key';
  const asksForKey = reason === 'no-key' || wrong;
  return (
    <main className="gate">
      <form className="gate-form" onSubmit={open} aria-label={t('gate.title')}>
        <div>
          <h1 className="title">{t('gate.title')}</h1>
          <p className="dim">{t('gate.note')}</p>
        </div>
        {!asksForKey && (
          <div role="alert">
            <Status tone="warn">{t(`gate.reasons.${reason}.title`)}</Status>
            <p className="dim">{t(`gate.reasons.${reason}.remedy`)}</p>
            {detail && <p className="second">{detail}</p>}
          </div>
        )}
        <TextInput
          type="password"
          size="md"
          autoComplete="current-password"
          label={t('gate.key')}
          description={t('gate.keyHelp')}
          error={wrong && t('gate.wrongKey')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data-autofocus
          autoFocus
          required
          withAsterisk={false}
        />
        <Checkbox
          label={t('gate.remember')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <div>
          <Button type="submit" size="md" variant="filled" disabled={key.trim() === ''}>
            {t(asksForKey ? 'gate.open' : 'gate.tryAgain')}
          </Button>
        </div>
      </form>
    </main>
  );
}
