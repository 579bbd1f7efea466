// Adds many keys at once, one a line.
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { KeyEntry } from '../../../src-shared/config.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { useText } from '../../i18n/i18n.ts';
import { addEntries } from './actions.ts';
import type { Entry, Kind } from './kinds.ts';

interface PasteDrawerProps {
  readonly kind: Kind;
  readonly others: readonly Entry[];
  readonly onClose: () => void;
}

export function PasteDrawer({ kind, others, onClose }: PasteDrawerProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [url, setUrl] = useState('');
  const known = new Set(others.map((entry) => (entry as KeyEntry)['api-key']));
  const keys = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const fresh = keys.filter((key) => !known.has(key));
  const ready = fresh.length > 0 && (!kind.baseUrlNeeded || url.trim() !== '');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const entries = fresh.map((key) => ({ 'api-key': key, ...(url.trim() !== '' && { 'base-url': url.trim() }) }));
    if (await addEntries(kind, entries)) onClose();
  };
  return (
    <SideDrawer
      title={t('providers.pasteMany')}
      note={t('providers.kindNote', { name: kind.name })}
      width={560}
      onClose={onClose}
      foot={
        <>
          <span className="second grow" aria-live="polite">
            {keys.length > fresh.length && t('providers.alreadyThere', { count: keys.length - fresh.length })}
          </span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="paste-form" variant="filled" disabled={!ready}>
            {t('providers.addKeys', { count: fresh.length })}
          </Button>
        </>
      }
    >
      <form id="paste-form" className="form" onSubmit={(event) => void save(event)}>
        <Textarea
          label={t('providers.keysToAdd')}
          description={t('providers.keysToAddHelp')}
          size="md"
          autosize
          minRows={6}
          maxRows={16}
          data-mono
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <TextInput
          label={t('providers.baseUrl')}
          size="md"
          data-mono
          placeholder={kind.placeholderUrl}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      </form>
    </SideDrawer>
  );
}
