// Whether a compatible provider gets the reasoning of earlier turns back.
import { Select } from '@mantine/core';
import { useText } from '../../i18n/i18n.ts';

const choices = ['byModel', 'always', 'never'] as const;
type Choice = (typeof choices)[number];

const settings: Readonly<Record<Choice, boolean | undefined>> = { byModel: undefined, always: true, never: false };

interface ReasoningSelectProps {
  /** Undefined: as each model is known to want it. */
  readonly value: boolean | undefined;
  readonly onChange: (value: boolean | undefined) => void;
}

export function ReasoningSelect({ value, onChange }: ReasoningSelectProps) {
  const t = useText();
  return (
    <Select
      label={t('providers.reasoning.label')}
      description={t('providers.reasoning.help')}
      size="md"
      allowDeselect={false}
      data={choices.map((choice) => ({ value: choice, label: t(`providers.reasoning.${choice}`) }))}
      value={choices.find((choice) => settings[choice] === value) ?? 'byModel'}
      onChange={(choice) => onChange(settings[choice as Choice])}
    />
  );
}
