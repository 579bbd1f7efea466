// Values that are hidden until asked for.
import { ActionIcon } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/i18n.ts';
import { usePrivacy } from '../state/preferences.ts';
import { hiddenKey, maskEmail, maskKey } from './mask.ts';

const hideAfterMs = 30_000;

/** A masked key that can be revealed, and hides itself again after half a minute. The DOM holds only what is shown. */
export function SecretKey({ value, what }: { readonly value: string; readonly what: string }) {
  const t = useText();
  const privacy = usePrivacy();
  const [revealed, setRevealed] = useState(false);
  useEffect(() => {
    if (!revealed) return;
    const timer = setTimeout(() => setRevealed(false), hideAfterMs);
    return () => clearTimeout(timer);
  }, [revealed]);
  const shown = revealed && !privacy;
  return (
    <span className="secret">
      <code className="cut">{shown ? value : privacy ? hiddenKey : maskKey(value)}</code>
      {!privacy && (
        <ActionIcon
          size="xs"
          aria-label={t(shown ? 'secret.hide' : 'secret.reveal', { what })}
          aria-pressed={shown}
          onClick={() => setRevealed(!shown)}
        >
          {shown ? <IconEyeOff size={14} stroke={1.5} /> : <IconEye size={14} stroke={1.5} />}
        </ActionIcon>
      )}
    </span>
  );
}

/** An e-mail, hidden by the privacy switch. */
export function Email({ value }: { readonly value: string }) {
  return usePrivacy() ? maskEmail(value) : value;
}
