// The keys of a config, or the files of a folder, by what becomes of them.
import { Checkbox } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';

/** A key of a config, or a file. */
export interface Part {
  readonly name: string;
  readonly shown: string;
  /** Where it stands, or what it is. */
  readonly place: string;
  readonly group: 'used' | 'kept' | 'refused';
  /** It cannot be chosen. */
  readonly isFixed: boolean;
  /** Why it is not simply used; `''` when it is. */
  readonly why: string;
  readonly details: readonly string[];
}

interface PartRowsProps {
  readonly title: string;
  readonly place: string;
  readonly parts: readonly Part[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly children?: ReactNode;
}

const groups = ['used', 'kept', 'refused'] as const;

export function PartRows({ title, place, parts, chosen, onChoose, children }: PartRowsProps) {
  return (
    <div className="box existing-parts">
      <div className="row between existing-head">
        <h3 className="head">{title}</h3>
        <code className="dim cut" title={place}>
          {place}
        </code>
      </div>
      {children}
      {groups.map((group) => (
        <Group
          key={group}
          group={group}
          parts={parts.filter((part) => part.group === group)}
          chosen={chosen}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

interface GroupProps extends Pick<PartRowsProps, 'parts' | 'chosen' | 'onChoose'> {
  readonly group: Part['group'];
}

function Group({ group, parts, chosen, onChoose }: GroupProps) {
  const t = useText();
  const heading = useId();
  if (parts.length === 0) return null;
  const free = parts.filter(({ isFixed }) => !isFixed);
  const count = free.filter(({ name }) => chosen.has(name)).length;
  const choose = (names: readonly Part[], on: boolean) => {
    const next = new Set(chosen);
    for (const { name } of names) on ? next.add(name) : next.delete(name);
    onChoose(next);
  };
  return (
    <section aria-labelledby={heading}>
      <div className="row between existing-group">
        <h4 id={heading} className="second">
          {t(`existing.groups.${group}`)}
        </h4>
        {free.length > 1 && (
          <Checkbox
            size="xs"
            label={t('existing.all')}
            checked={count === free.length}
            indeterminate={count > 0 && count < free.length}
            onChange={({ currentTarget }) => choose(free, currentTarget.checked)}
          />
        )}
      </div>
      <ul>
        {parts.map((part) => (
          <li key={part.name} className="existing-part">
            {part.isFixed ? (
              <span className="row existing-fixed">
                <StatusIcon status="off" />
                <PartName part={part} />
              </span>
            ) : (
              <Checkbox
                size="xs"
                label={<PartName part={part} />}
                checked={chosen.has(part.name)}
                onChange={({ currentTarget }) => choose([part], currentTarget.checked)}
              />
            )}
            {[part.why, ...part.details].filter(Boolean).map((line) => (
              <p key={line} className="second">
                {line}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const PartName = ({ part: { shown, place } }: { readonly part: Part }) => (
  <>
    <code>{shown}</code> <span className="second">{place}</span>
  </>
);
