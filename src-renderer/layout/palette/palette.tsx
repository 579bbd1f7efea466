// The command palette: pages, settings, switches, accounts, keys and actions by name.
import { Combobox, Modal, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useText } from '../../i18n/i18n.ts';
import { useCommands } from './commands.ts';
import { findCommands } from './find-commands.tsx';

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [query, setQuery] = useState('');
  const commands = useCommands();
  const combobox = useCombobox({ opened: true });
  const { groups: found, instead } = useMemo(() => findCommands(commands, query), [commands, query]);

  // The best match is chosen at once, so that Enter alone is enough.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found is what asks for choosing again.
  useEffect(() => {
    combobox.selectFirstOption();
  }, [found]);

  const run = (id: string, stay: boolean) => {
    const command = commands.find((candidate) => candidate.id === id);
    if (command === undefined) return;
    command.run();
    if (!stay || !command.isSwitch) onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The list is always open here: Escape means the whole palette.
    if (event.key === 'Escape') return onClose();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    const index = combobox.getSelectedOptionIndex();
    const id = found.flatMap(({ items }) => items)[index]?.command.id;
    if (id !== undefined) run(id, true);
  };

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={600}
      yOffset={88}
      lockScroll={false}
      padding={0}
      classNames={{ content: 'palette' }}
    >
      <Modal.Overlay backgroundOpacity={0} className="scrim" />
      <Modal.Content aria-label={t('palette.title')}>
        <Combobox store={combobox} withinPortal={false} onOptionSubmit={(id) => run(id, false)}>
          <div className="palette-search row">
            <IconSearch size={16} stroke={1.5} />
            <Combobox.EventsTarget>
              <input
                className="palette-input grow"
                aria-label={t('header.search')}
                placeholder={t('header.search')}
                value={query}
                data-autofocus
                onKeyDownCapture={onKeyDown}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
            </Combobox.EventsTarget>
            <span className="kbd">Esc</span>
          </div>
          <Combobox.Options className="palette-list" aria-label={t('palette.title')} tabIndex={0}>
            {found.length === 0 && <Combobox.Empty>{t('palette.nothing', { query })}</Combobox.Empty>}
            {instead !== undefined && (
              <p className="second palette-instead">{t('palette.instead', { query, name: instead })}</p>
            )}
            {found.map(({ group, items }) => (
              <Combobox.Group key={group} label={t(`palette.groups.${group}`)}>
                {items.map(({ command, name }) => (
                  <Combobox.Option key={command.id} value={command.id}>
                    <span className="cut">{name}</span>
                    <span className="second grow cut">{command.note}</span>
                    {command.keys && <span className="kbd">{command.keys}</span>}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </Combobox.Options>
        </Combobox>
        <div className="palette-foot row second">
          <span>↑↓ {t('palette.move')}</span>
          <span>{t('palette.open')}</span>
          <span>{t('palette.stay')}</span>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
