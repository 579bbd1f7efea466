// The service that was recognised: by what, and another one to choose where several fit.
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { maskKey } from '../../../components/mask.ts';
import { Mark } from '../../../components/page.tsx';
import { useText } from '../../../i18n/i18n.ts';
import type { Preset, Recognized } from './add-recognized.ts';

interface FoundServiceProps {
  readonly found: Pick<Recognized, 'key' | 'baseUrl' | 'model' | 'presets'>;
  readonly preset: Preset | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly children?: ReactNode;
}

export function FoundService({ found, preset, onChoose, children }: FoundServiceProps) {
  const t = useText();
  const { key, baseUrl, model, presets } = found;
  const facts = [baseUrl || preset?.['base-url'], key && maskKey(key), model].filter(Boolean);
  return (
    <div className="row key-box-found" role="status">
      <Mark id={preset?.mark ?? '?'} />
      <div className="grow">
        <div className="cut">{preset?.name ?? (baseUrl || t('keyBox.which', { count: presets.length }))}</div>
        <div className="second cut" title={facts.join(' · ')}>
          {facts.join(' · ')}
        </div>
      </div>
      {presets.length > 1 && (
        <Select
          aria-label={t('keyBox.service')}
          placeholder={t('keyBox.service')}
          data={presets.map(({ id, name }) => ({ value: id, label: name }))}
          value={preset?.id ?? null}
          onChange={(id) => onChoose(id ?? undefined)}
        />
      )}
      {children}
    </div>
  );
}
