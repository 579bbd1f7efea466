// One box for any key: what is pasted is recognised, looked at together, then tested and saved with one click.
import { Button, Select } from '@mantine/core';
import { IconClipboard } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { errorText } from '../../components/error-text.ts';
import { maskKey } from '../../components/mask.ts';
import { Mark } from '../../components/page.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { addRecognized } from './add-recognized.ts';

type Recognized = OperationOutput<'provider.recognize'>;

interface KeyBoxProps {
  /** Called with the name of what was added. */
  readonly onAdded: (name: string) => void;
}

const pause = 200;

export function KeyBox({ onAdded }: KeyBoxProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [recognized, setRecognized] = useState<{ readonly of: string; readonly result: Recognized }>();
  const [service, setService] = useState<string>();
  const [state, setState] = useState<'idle' | 'adding'>('idle');
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    setError(undefined);
    if (text.trim() === '') return setRecognized(undefined);
    let isOld = false;
    const timer = setTimeout(() => {
      call('provider.recognize', { text }).then(
        (result) => !isOld && setRecognized({ of: text, result }),
        (failure: unknown) => !isOld && setError(failure),
      );
    }, pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  // What was recognised of an earlier text must not be added for this one.
  const found = recognized?.of === text ? recognized.result : undefined;
  const presets = found?.presets ?? [];
  const preset = presets.find(({ id }) => id === service) ?? (presets.length === 1 ? presets[0] : undefined);
  const isKnown = found !== undefined && found.kind !== 'unknown';
  const canAdd = isKnown && (preset !== undefined || found.baseUrl !== '') && state === 'idle';
  const add = async (isTested: boolean) => {
    if (!canAdd) return;
    setState('adding');
    setError(undefined);
    try {
      const name = await addRecognized(found, preset, isTested);
      setText('');
      onAdded(name);
    } catch (failure) {
      setError(failure);
    } finally {
      setState('idle');
    }
  };
  const paste = () => attempt(t('keyBox.pasteFailed'), async () => setText(await navigator.clipboard.readText()));
  return (
    <div className="key-box-area">
      <div className={`key-box ${error ? 'error' : ''}`}>
        <textarea
          aria-label={t('keyBox.label')}
          placeholder={t('keyBox.placeholder')}
          rows={text.includes('\n') ? 3 : 1}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          // biome-ignore lint/a11y/noAutofocus: the page says that something is to be pasted, and there is one place for it
          autoFocus
          className={text === '' ? '' : 'mono'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            void add(true);
          }}
        />
        {text === '' ? (
          <Button variant="filled" leftSection={<IconClipboard size={16} stroke={1.5} />} onClick={() => void paste()}>
            {t('keyBox.paste')}
          </Button>
        ) : (
          <Button variant="filled" disabled={!canAdd} onClick={() => void add(true)}>
            {t('keyBox.add')}
          </Button>
        )}
      </div>
      <p className="second">{t('keyBox.note')}</p>
      {isKnown && (
        <div className="row key-box-found" role="status">
          <Mark id={(preset?.name ?? '?').slice(0, 2)} />
          <div className="grow">
            <div className="cut">{preset?.name ?? (found.baseUrl || t('keyBox.which', { count: presets.length }))}</div>
            <div className="second cut">
              {[found.baseUrl || preset?.['base-url'], found.key && maskKey(found.key), found.model]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
          {presets.length > 1 && (
            <Select
              aria-label={t('keyBox.service')}
              placeholder={t('keyBox.service')}
              data={presets.map(({ id, name }) => ({ value: id, label: name }))}
              value={service ?? null}
              onChange={(id) => setService(id ?? undefined)}
            />
          )}
        </div>
      )}
      {found?.kind === 'unknown' && <p className="second t-warn">{t('keyBox.unknown')}</p>}
      {state === 'adding' && <StatusText status="busy">{t('keyBox.testing')}</StatusText>}
      {error !== undefined && (
        <div role="alert">
          <StatusText status="error">{t('keyBox.failed')}</StatusText>
          <p>{errorText(error)}</p>
          {canAdd && (
            <button type="button" className="link" onClick={() => void add(false)}>
              {t('keyBox.addAnyway')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
