// A grid of two fields per row that can be added, removed and pasted.
import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { HiddenInput } from '../../components/hidden-input.tsx';
import { useText } from '../../i18n/i18n.ts';
import { type DraftRow, row } from './draft.ts';

interface PairListProps {
  readonly title: string;
  readonly heads: readonly [string, string];
  readonly rows: readonly DraftRow[];
  readonly onChange: (rows: readonly DraftRow[]) => void;
  readonly addLabel: string;
  /** Names of the two fields of a row for screen readers; rows count from 1. */
  readonly names: (number: number) => readonly [string, string];
  readonly removeName: (number: number) => string;
  /** Whether the left field is a secret. */
  readonly hidden?: boolean;
  readonly rightPlaceholder?: string;
  /** The row, from 1, whose right field is questionable. */
  readonly warnAt?: number;
  readonly action?: ReactNode;
  readonly note?: ReactNode;
  /** Rows from pasted text. */
  readonly paste?: (text: string) => readonly DraftRow[];
}

export function PairList(props: PairListProps) {
  const { title, heads, rows, onChange, addLabel, names, removeName, hidden, rightPlaceholder, warnAt, paste } = props;
  const t = useText();
  const [pasting, setPasting] = useState<string>();
  const change = (id: number, part: Partial<DraftRow>) =>
    onChange(rows.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const takePasted = () => {
    onChange([...rows.filter(({ left, right }) => left + right !== ''), ...(paste?.(pasting ?? '') ?? [])]);
    setPasting(undefined);
  };
  return (
    <section>
      <div className="row between section-head">
        <h3 className="head">{title}</h3>
        <span className="row">
          {paste && (
            <Button size="xs" variant="subtle" onClick={() => setPasting('')}>
              {t('providers.pasteRows')}
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={() => onChange([...rows, row()])}>
            {addLabel}
          </Button>
          {props.action}
        </span>
      </div>
      {pasting !== undefined && (
        <div className="paste">
          <Textarea
            aria-label={t('providers.pasteRows')}
            description={t('providers.pasteHelp')}
            autosize
            minRows={3}
            maxRows={8}
            data-mono
            autoFocus
            value={pasting}
            onChange={(event) => setPasting(event.currentTarget.value)}
          />
          <div className="row paste-foot">
            <Button size="xs" disabled={pasting.trim() === ''} onClick={takePasted}>
              {t('providers.takeRows')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setPasting(undefined)}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      )}
      {rows.length > 0 && (
        <div className="pairs">
          <span className="second">{heads[0]}</span>
          <span className="second">{heads[1]}</span>
          <span />
          {rows.map(({ id, left, right }, index) => {
            const [leftName, rightName] = names(index + 1);
            return (
              <div key={id} className="pair">
                {hidden ? (
                  <HiddenInput aria-label={leftName} value={left} onChange={(value) => change(id, { left: value })} />
                ) : (
                  <TextInput
                    aria-label={leftName}
                    data-mono
                    value={left}
                    onChange={(event) => change(id, { left: event.currentTarget.value })}
                  />
                )}
                <TextInput
                  aria-label={rightName}
                  data-mono
                  data-warn={warnAt === index + 1 || undefined}
                  placeholder={rightPlaceholder}
                  value={right}
                  onChange={(event) => change(id, { right: event.currentTarget.value })}
                />
                <ActionIcon
                  aria-label={removeName(index + 1)}
                  onClick={() => onChange(rows.filter((item) => item.id !== id))}
                >
                  <IconX size={16} stroke={1.5} />
                </ActionIcon>
              </div>
            );
          })}
        </div>
      )}
      {props.note}
    </section>
  );
}
