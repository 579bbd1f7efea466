// Copying: the value is never shown for it, and a copied secret leaves the clipboard after a minute.
import { ActionIcon } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { text, useText } from '../i18n/i18n.ts';
import { attempt, toastDone } from './toast.tsx';

const clearAfterMs = 60_000;

/** Copies text and says so. A secret is wiped after a minute, unless something else was copied since. */
export async function copy(value: string, what: string, secret = false): Promise<void> {
  const copied = await attempt(text('copy.failed', { what }), () => navigator.clipboard.writeText(value));
  if (!copied) return;
  toastDone({ title: text('copy.done', { what }), ...(secret && { detail: text('copy.cleared') }) });
  if (secret) setTimeout(() => void wipe(value), clearAfterMs);
}

async function wipe(value: string): Promise<void> {
  // Reading may be refused while another window has the focus; then the clipboard is left alone.
  const current = await navigator.clipboard.readText().catch(() => undefined);
  if (current === value) await navigator.clipboard.writeText('').catch(() => undefined);
}

interface CopyProps {
  readonly value: string;
  /** What is copied, in words. */
  readonly what: string;
  readonly secret?: boolean;
}

export function Copy({ value, what, secret = false }: CopyProps) {
  const t = useText();
  return (
    <ActionIcon aria-label={t('copy.label', { what })} onClick={() => void copy(value, what, secret)}>
      <IconCopy size={16} stroke={1.5} />
    </ActionIcon>
  );
}

/** A read-only value with its copy button; `shown` stands for a secret value. */
export const CopyLine = ({ shown, ...rest }: CopyProps & { readonly shown?: string }) => (
  <div className="copyline">
    <code className="cut">{shown ?? rest.value}</code>
    <Copy {...rest} />
  </div>
);
