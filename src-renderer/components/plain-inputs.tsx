// A checkbox and a switch as plain inputs with the look of the others, for tables where hundreds pass by in a second.
import type { ChangeEvent } from 'react';

interface PlainInputProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

const changed = (onChange: (checked: boolean) => void) => (event: ChangeEvent<HTMLInputElement>) =>
  onChange(event.currentTarget.checked);

export const PlainCheckbox = ({ label, checked, onChange }: PlainInputProps) => (
  <input type="checkbox" className="plain-check" aria-label={label} checked={checked} onChange={changed(onChange)} />
);

export const PlainSwitch = ({ label, checked, onChange }: PlainInputProps) => (
  <input
    type="checkbox"
    role="switch"
    aria-checked={checked}
    className="plain-switch"
    aria-label={label}
    checked={checked}
    onChange={changed(onChange)}
  />
);
