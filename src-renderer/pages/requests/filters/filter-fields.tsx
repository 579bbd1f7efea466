// The fields that filter the list. Apart, and remembered: requests come many times a second, and leave them as they are.
import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, type RefObject } from 'react';
import { useText } from '../../../i18n/i18n.ts';
import type { RequestNames } from '../../../state/request-names.ts';
import { type LinkedSpan, type Range, ranges, spanText } from './request-filter.ts';

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export const SearchField = memo(function SearchField({ field, value, onChange }: SearchFieldProps) {
  const t = useText();
  return (
    <TextInput
      ref={field}
      aria-label={t('requests.find')}
      placeholder={t('requests.findHint')}
      className="request-find"
      leftSection={<IconSearch size={14} stroke={1.5} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
});

interface KeySelectProps {
  readonly keys: RequestNames['keys'];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

export const KeySelect = memo(function KeySelect({ keys, value, onChange }: KeySelectProps) {
  const t = useText();
  return (
    <Select
      aria-label={t('requests.byKey')}
      placeholder={t('requests.everyKey')}
      data={keys.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': t('common.clearFilters') }}
      w={144}
    />
  );
});

interface RangeSelectProps {
  readonly range: Range;
  /** A time that another page has linked to stands before the ranges. */
  readonly span: LinkedSpan | undefined;
  readonly onChange: (range: Range) => void;
}

export const RangeSelect = memo(function RangeSelect({ range, span, onChange }: RangeSelectProps) {
  const t = useText();
  return (
    <Select
      aria-label={t('requests.byTime')}
      data={[
        ...(span === undefined ? [] : [{ value: 'span', label: spanText(span) }]),
        ...ranges.map((value) => ({ value, label: t(`requests.ranges.${value}`) })),
      ]}
      value={span === undefined ? range : 'span'}
      allowDeselect={false}
      onChange={(value) => value !== 'span' && onChange(value as Range)}
      w={span === undefined ? 112 : 176}
    />
  );
});
