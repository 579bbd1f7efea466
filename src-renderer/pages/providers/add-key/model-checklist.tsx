// The models that a service lists, to be chosen from: none chosen means all.
import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { dollars, large } from '../../../components/format.ts';
import { useText } from '../../../i18n/i18n.ts';
import type { OperationOutput } from '../../../transport/transport.ts';

const rowHeight = 32;
/** Rows in view before the list scrolls. */
const maxRows = 6;

interface ModelChecklistProps {
  readonly models: readonly string[];
  readonly facts: OperationOutput<'provider-test.run'>['facts'];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

export function ModelChecklist({ models, facts, chosen, onChange }: ModelChecklistProps) {
  const t = useText();
  const [search, setSearch] = useState('');
  const scroll = useRef<HTMLDivElement>(null);
  const wanted = search.trim().toLowerCase();
  const shown = models.filter((name) => name.toLowerCase().includes(wanted));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const all = models.length > 0 && chosen.size === models.length;
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    onChange(next);
  };
  const price = (name: string) => {
    const { inputUsd, outputUsd } = known.get(name) ?? {};
    return inputUsd === undefined || outputUsd === undefined ? '–' : `${dollars(inputUsd)} / ${dollars(outputUsd)}`;
  };
  const context = (name: string) => {
    const tokens = known.get(name)?.contextTokens;
    return tokens === undefined ? '–' : large(tokens);
  };
  return (
    <div>
      <div className="row between key-box-head">
        <h2 className="head">
          {t('keyBox.models')}{' '}
          <span className="second">
            {chosen.size === 0
              ? t('keyBox.noneMeansAll')
              : t('keyBox.chosen', { count: chosen.size, of: models.length })}
          </span>
        </h2>
        <TextInput
          aria-label={t('keyBox.findModel')}
          placeholder={t('keyBox.findModel')}
          w={168}
          leftSection={<IconSearch size={16} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <div className="box">
        <div className="model-line model-heads second">
          <Checkbox
            size="xs"
            label={t('keyBox.all', { count: models.length })}
            checked={all}
            indeterminate={chosen.size > 0 && !all}
            onChange={() => onChange(new Set(all ? [] : models))}
          />
          <span>{t('keyBox.context')}</span>
          <span>{t('keyBox.price')}</span>
        </div>
        <section
          ref={scroll}
          className="model-lines"
          style={{ maxHeight: maxRows * rowHeight }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          aria-label={t('keyBox.models')}
        >
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const name = shown[index] ?? '';
              return (
                <div key={name} className="model-line" style={{ transform: `translateY(${start}px)` }}>
                  <Checkbox
                    size="xs"
                    label={
                      <code className="cut" title={name}>
                        {name}
                      </code>
                    }
                    checked={chosen.has(name)}
                    onChange={(event) => toggle(name, event.currentTarget.checked)}
                  />
                  <span className="dim">{context(name)}</span>
                  <span className="dim">{price(name)}</span>
                </div>
              );
            })}
          </div>
        </section>
      </div>
    </div>
  );
}
