// One box for any key on the first page: what is pasted is recognised, then tested and saved with one click.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { errorText } from '../../../components/error-text.ts';
import { StatusText } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { type Added, addRecognized, targetOf } from './add-recognized.ts';
import { FoundService } from './found-service.tsx';
import { KeyField } from './key-field.tsx';
import { useRecognized } from './use-recognized.ts';

interface KeyBoxProps {
  readonly onAdded: (added: Added) => void;
  /** Another way, at the end of the line below the box. */
  readonly children?: ReactNode;
}

export function KeyBox({ onAdded, children }: KeyBoxProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [service, setService] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const [failure, setFailure] = useState<{ readonly of: string; readonly error: unknown }>();
  const { found, error: unread } = useRecognized(text);
  const presets = found?.presets ?? [];
  const preset = presets.find(({ id }) => id === service) ?? (presets.length === 1 ? presets[0] : undefined);
  const isKnown = found !== undefined && found.kind !== 'unknown';
  const target = isKnown ? targetOf(found, preset) : undefined;
  const canAdd = target !== undefined && !isAdding;
  const error = unread ?? (failure?.of === text ? failure.error : undefined);
  const add = async (isTested: boolean) => {
    if (!canAdd) return;
    setAdding(true);
    setFailure(undefined);
    try {
      const added = await addRecognized(target, isTested);
      setText('');
      onAdded(added);
    } catch (reason) {
      setFailure({ of: text, error: reason });
    } finally {
      setAdding(false);
    }
  };
  return (
    <div className="key-box-area">
      <KeyField
        text={text}
        onChange={setText}
        isWrong={error !== undefined}
        placeholder={t('keyBox.placeholder')}
        onEnter={() => void add(true)}
        action={
          <Button variant="filled" disabled={!canAdd} onClick={() => void add(true)}>
            {t('keyBox.add')}
          </Button>
        }
      />
      <div className="row between second">
        <span>{t('keyBox.note')}</span>
        {children}
      </div>
      {isKnown && <FoundService found={found} preset={preset} onChoose={setService} />}
      {found?.kind === 'unknown' && <p className="second t-warn">{t('keyBox.unknown')}</p>}
      {isAdding && <StatusText status="busy">{t('keyBox.testing')}</StatusText>}
      {error !== undefined && (
        <div role="alert">
          <StatusText status="error">{t('keyBox.failed')}</StatusText>
          <p>{errorText(error)}</p>
          {canAdd && (
            <button type="button" className="plain link" onClick={() => void add(false)}>
              {t('keyBox.addAnyway')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
