// A list that a person puts in order: by drag, or by the arrow keys on a row's handle.
import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/i18n.ts';

interface OrderedListProps {
  /** Each once. */
  readonly items: readonly string[];
  readonly onChange: (items: readonly string[]) => void;
  readonly children: (item: string, index: number) => ReactNode;
}

function moved(items: readonly string[], from: number, to: number): readonly string[] {
  const result = [...items];
  result.splice(Math.max(0, Math.min(items.length - 1, to)), 0, ...result.splice(from, 1));
  return result;
}

export function OrderedList({ items, onChange, children }: OrderedListProps) {
  const t = useText();
  const [dragged, setDragged] = useState<string>();
  const [said, setSaid] = useState('');
  const move = (from: number, to: number) => {
    if (to < 0 || to >= items.length || to === from) return;
    onChange(moved(items, from, to));
    setSaid(t('common.movedTo', { name: items[from] ?? '', place: to + 1, count: items.length }));
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(index, to);
  };
  return (
    <>
      <ol className="ordered divided">
        {items.map((item, index) => (
          <li
            key={item}
            className={item === dragged ? 'row dragged' : 'row'}
            draggable
            onDragStart={(event) => {
              setDragged(item);
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', item);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              const from = items.indexOf(dragged);
              if (from !== index) onChange(moved(items, from, index));
            }}
            onDrop={(event) => event.preventDefault()}
            onDragEnd={() => setDragged(undefined)}
          >
            <ActionIcon
              className="grip"
              aria-label={t('common.moveRow', { name: item, place: index + 1 })}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <IconGripVertical size={14} stroke={1.5} />
            </ActionIcon>
            {children(item, index)}
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
