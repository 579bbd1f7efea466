// Controls of the settings that are one value in the config.
import { NumberInput, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SettingName } from '../../../src-shared/settings.ts';
import type { Text } from '../../i18n/i18n.ts';
import { type SettingValue, setSetting, useSetting } from '../../state/settings.ts';
import type { SettingRow } from './section.ts';

type OfType<V> = { [N in SettingName]: SettingValue<N> extends V ? N : never }[SettingName];
type Note = SettingRow['note'];

const named = (name: SettingName) => (t: Text) => t(`setting.names.${name}`);

interface ControlProps {
  readonly label: string;
  /** Name of the setting. */
  readonly id: string;
}

export const switchRow = (name: OfType<boolean>, note?: Note): SettingRow => ({
  id: name,
  name: named(name),
  ...(note && { note }),
  Control: SettingSwitch,
});

export const numberRow = (name: OfType<number>, note?: Note): SettingRow => ({
  id: name,
  name: named(name),
  ...(note && { note }),
  Control: SettingNumber,
});

function SettingSwitch({ label, id }: ControlProps) {
  const name = id as OfType<boolean>;
  const on = useSetting(name);
  return (
    <Switch
      aria-label={label}
      checked={on ?? false}
      onChange={(event) => void setSetting(name, event.currentTarget.checked)}
    />
  );
}

const units: Partial<Record<SettingName, string>> = { 'max-retry-interval': ' s', 'logs-max-total-size-mb': ' MB' };

function SettingNumber({ label, id }: ControlProps) {
  const name = id as OfType<number>;
  const value = useSetting(name);
  return (
    <CommittedNumber
      label={label}
      value={value ?? 0}
      unit={units[name] ?? ''}
      min={0}
      max={1_000_000}
      onCommit={(next) => setSetting(name, next)}
    />
  );
}

interface CommittedNumberProps {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  /** False when it could not be saved; the field then shows the value in force again. */
  readonly onCommit: (value: number) => Promise<boolean>;
}

/** A number that is saved with Enter or when the field is left, not with every digit. */
export function CommittedNumber({ label, value, unit = '', min, max, onCommit }: CommittedNumberProps) {
  const [draft, setDraft] = useState<number | string>(value);
  useEffect(() => setDraft(value), [value]);
  const commit = async () => {
    const number = typeof draft === 'number' ? draft : Number.NaN;
    if (number === value) return;
    if (!Number.isInteger(number) || number < min || number > max) return setDraft(value);
    if (!(await onCommit(number))) setDraft(value);
  };
  return (
    <NumberInput
      aria-label={label}
      value={draft}
      onChange={setDraft}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        if (event.key === 'Escape') setDraft(value);
      }}
      min={min}
      max={max}
      suffix={unit}
      allowDecimal={false}
      hideControls
      w={96}
    />
  );
}
