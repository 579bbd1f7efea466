// A field for a secret: shown in full only while it is being edited.
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { maskKey } from './mask.ts';

interface HiddenInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function HiddenInput({ value, onChange, ...input }: HiddenInputProps) {
  const [focused, setFocused] = useState(false);
  return (
    <TextInput
      {...input}
      data-mono
      autoComplete="off"
      spellCheck={false}
      value={focused || value === '' ? value : maskKey(value)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
