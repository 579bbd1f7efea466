// The field that a key, an address or a whole curl line is pasted into.
import { Button, CloseButton } from '@mantine/core';
import { IconClipboard } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent, ReactNode } from 'react';
import { attempt } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';

/** Letters that the field shows in one line. */
const maxInLine = 60;
/** A file with a key or a curl line is small; what is larger is something else. */
const maxFileBytes = 64 * 1024;

interface KeyFieldProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly isWrong: boolean;
  readonly placeholder: string;
  readonly onEnter: () => void;
  readonly onDown?: () => void;
  /** What stands at its end while there is text; a cross that empties it by default. */
  readonly action?: ReactNode;
}

export function KeyField({ text, onChange, isWrong, placeholder, onEnter, onDown, action }: KeyFieldProps) {
  const t = useText();
  const paste = () => attempt(t('keyBox.pasteFailed'), async () => onChange(await navigator.clipboard.readText()));
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    // Text that is dropped goes where every field takes it.
    if (file === undefined) return;
    event.preventDefault();
    void attempt(t('keyBox.dropFailed'), async () => {
      if (file.size > maxFileBytes) throw new Error(t('keyBox.tooLarge'));
      onChange((await file.text()).trim());
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && text === '' && onDown) {
      event.preventDefault();
      onDown();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div className={`key-box ${isWrong ? 'error' : ''}`}>
      <textarea
        aria-label={t('keyBox.label')}
        placeholder={placeholder}
        rows={text.includes('\n') || text.length > maxInLine ? 3 : 1}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        // biome-ignore lint/a11y/noAutofocus: what is open says that something is to be pasted, and there is one place for it
        autoFocus
        className={text === '' ? '' : 'mono'}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
        onDrop={onDrop}
      />
      {text === '' ? (
        <Button variant="filled" leftSection={<IconClipboard size={16} stroke={1.5} />} onClick={() => void paste()}>
          {t('keyBox.paste')}
        </Button>
      ) : (
        (action ?? <CloseButton aria-label={t('keyBox.clear')} onClick={() => onChange('')} />)
      )}
    </div>
  );
}
