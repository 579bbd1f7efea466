// Asks for the label of a key.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SideDrawer } from '../../components/drawer.tsx';
import { useText } from '../../i18n/i18n.ts';

interface LabelDrawerProps {
  readonly title: string;
  readonly label: string;
  readonly act: string;
  readonly onSave: (label: string) => Promise<void>;
  readonly onClose: () => void;
}

export function LabelDrawer({ title, label, act, onSave, onClose }: LabelDrawerProps) {
  const t = useText();
  const [draft, setDraft] = useState(label);
  const [saving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    await onSave(draft.trim());
    setSaving(false);
  };
  return (
    <SideDrawer
      title={title}
      width={440}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="label-form" variant="filled" disabled={saving}>
            {act}
          </Button>
        </>
      }
    >
      <form id="label-form" className="form" onSubmit={(event) => void save(event)}>
        <TextInput
          label={t('keys.label')}
          description={t('keys.labelHelp')}
          size="md"
          maxLength={100}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          data-autofocus
        />
      </form>
    </SideDrawer>
  );
}
