// The document as a form: the same text, changed value by value. Lists have pages of their own.
import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { Link } from 'react-router';
import { HiddenInput } from '../../components/hidden-input.tsx';
import { maskAddress, maskKey } from '../../components/mask.ts';
import { useText } from '../../i18n/i18n.ts';
import { type ConfigKey, configKeys, helpOf } from './keys.ts';
import { readScalar, writeScalar } from './yaml-scalar.ts';

interface ConfigFormProps {
  readonly text: string;
  /** Default: the keys of the program. */
  readonly keys?: readonly ConfigKey[];
  readonly onChange: (text: string) => void;
}

export function ConfigForm({ text, keys = configKeys, onChange }: ConfigFormProps) {
  const t = useText();
  const shown = keys.filter(({ kind }) => kind !== 'group');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="config-form" tabIndex={0} aria-label={t('config.views.form')}>
      {shown.map((key) => (
        <div key={key.path} className="setting">
          <div>
            <div className="mono">{key.path.replace('/', ': ')}</div>
            <div className="second">{helpOf(t, key)}</div>
          </div>
          <div>
            <Field
              entry={key}
              value={readScalar(text, key.path)}
              onChange={(value) => onChange(writeScalar(text, key.path, value))}
            />
          </div>
        </div>
      ))}
    </section>
  );
}

interface FieldProps {
  readonly entry: ConfigKey;
  readonly value: string | undefined;
  readonly onChange: (value: string | number | boolean) => void;
}

function Field({ entry, value, onChange }: FieldProps) {
  const t = useText();
  const label = entry.path;
  switch (entry.kind) {
    case 'switch':
      return (
        <Switch
          aria-label={label}
          checked={/^(true|yes|on|y)$/i.test(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          value={value ?? ''}
          placeholder={t('config.standard')}
          suffix={entry.unit ? ` ${entry.unit}` : ''}
          allowDecimal={entry.fractions ?? false}
          hideControls
          w={96}
          onChange={(next) => next !== '' && String(next) !== value && onChange(Number(next))}
        />
      );
    case 'choice':
      return (
        <Select
          aria-label={label}
          className="wide"
          allowDeselect={false}
          data={[...(entry.choices ?? [])]}
          value={value ?? null}
          placeholder={t('config.standard')}
          onChange={(next) => next !== null && onChange(next)}
        />
      );
    case 'text':
      return entry.secret || /\/\/[^/]*@/.test(value ?? '') ? (
        <HiddenInput
          aria-label={label}
          className="wide"
          value={value ?? ''}
          title={value && (value.includes('://') ? maskAddress(value) : maskKey(value))}
          onChange={onChange}
        />
      ) : (
        <TextInput
          aria-label={label}
          className="wide"
          data-mono
          value={value ?? ''}
          placeholder={t('config.standard')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'list':
      return (
        <Button size="xs" component={Link} to={`/${entry.page}`}>
          {t('config.onPage', { page: t(`pages.${entry.page}`) })}
        </Button>
      );
    case 'group':
      return null;
  }
}
