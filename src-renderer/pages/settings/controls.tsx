// Controls of the settings that are one value in the config, by the kind of value.
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { type ComponentType, useEffect, useState } from 'react';
import type { SettingDescription } from '../../../src-shared/setting-descriptions.ts';
import type { SettingName, SettingValue } from '../../../src-shared/settings.ts';
import { whole } from '../../components/format.ts';
import { useText } from '../../i18n/i18n.ts';
import { settingTable } from '../../state/setting-table.ts';
import { setSetting, useSetting } from '../../state/settings.ts';

export interface ControlProps {
  readonly label: string;
  /** Path of the setting. */
  readonly id: string;
}

type OfType<V> = { [N in SettingName]: SettingValue<N> extends V ? N : never }[SettingName];

/** The control for a kind of value. A row's kind says what type its value has. */
export const controlFor: Readonly<Record<SettingDescription['kind'], ComponentType<ControlProps>>> = {
  switch: SettingSwitch,
  number: SettingNumber,
  choice: SettingChoice,
  text: SettingText,
};

const rowOf = (path: string) => settingTable.find((row) => row.path === path);

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

function SettingNumber({ label, id }: ControlProps) {
  const name = id as OfType<number>;
  const value = useSetting(name);
  const { unit, min = 0, max = 1_000_000 } = rowOf(id) ?? {};
  return (
    <CommittedNumber
      label={label}
      value={value ?? 0}
      unit={unit ? ` ${unit}` : ''}
      min={min}
      max={max}
      onCommit={(next) => setSetting(name, next)}
    />
  );
}

function SettingChoice({ label, id }: ControlProps) {
  const name = id as 'routing/strategy';
  return (
    <Select
      aria-label={label}
      className="wide"
      allowDeselect={false}
      data={[...(rowOf(id)?.choices ?? [])]}
      value={useSetting(name) ?? null}
      onChange={(value) => value && void setSetting(name, value as SettingValue<typeof name>)}
    />
  );
}

function SettingText({ label, id }: ControlProps) {
  const name = id as 'proxy-url';
  const value = useSetting(name) ?? '';
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const commit = async () => {
    if (draft !== value && !(await setSetting(name, draft))) setDraft(value);
  };
  return (
    <TextInput
      aria-label={label}
      className="wide"
      data-mono
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(value);
      }}
    />
  );
}

interface CommittedNumberProps {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  readonly disabled?: boolean;
  /** False when it could not be saved; the field then shows the value in force again. */
  readonly onCommit: (value: number) => Promise<boolean>;
}

/** A number that is saved with Enter or when the field is left, not with every digit. One out of range stays to be put right. */
export function CommittedNumber({ label, value, unit = '', min, max, disabled, onCommit }: CommittedNumberProps) {
  const t = useText();
  const [draft, setDraft] = useState<number | string>(value);
  const [outside, setOutside] = useState(false);
  const show = (next: number | string) => {
    setDraft(next);
    setOutside(false);
  };
  useEffect(() => {
    setDraft(value);
    setOutside(false);
  }, [value]);
  const commit = async () => {
    if (draft === '') return show(value);
    // Digits beyond what a number holds exactly stay text.
    const number = Number(draft);
    if (number === value) return setOutside(false);
    if (!Number.isInteger(number) || number < min || number > max) return setOutside(true);
    if (!(await onCommit(number))) setDraft(value);
  };
  return (
    <NumberInput
      aria-label={label}
      value={draft}
      onChange={show}
      disabled={disabled ?? false}
      error={outside && t('settings.outside', { min: whole(min), max: whole(max) })}
      clampBehavior="none"
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        if (event.key === 'Escape') show(value);
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
