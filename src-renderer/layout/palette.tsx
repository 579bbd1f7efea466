// The command palette: pages, settings, switches, accounts, keys and actions by name.
import { Combobox, Modal, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useFocusBack } from '../components/use-focus-back.ts';
import { useText } from '../i18n/i18n.ts';
import { type Command, useCommands } from './commands.ts';

const perGroup = 6;

/** The query's words must all be there; a match in the name counts before one in the note. */
function rank({ name, note }: Command, words: readonly string[]): number {
  const inName = name.toLowerCase();
  const all = `${inName} ${note.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return 0;
  if (words.length > 0 && inName.startsWith(words[0] as string)) return 3;
  return words.every((word) => inName.includes(word)) ? 2 : 1;
}

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  useFocusBack();
  const [query, setQuery] = useState('');
  const commands = useCommands();
  const combobox = useCombobox({ opened: true });
  const found = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const ranked = commands.map((command) => ({ command, score: rank(command, words) }));
    const kept = ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
    return Object.entries(Object.groupBy(kept, ({ command }) => command.group)).map(([group, items]) => ({
      group: group as Command['group'],
      items: (items ?? []).slice(0, perGroup).map(({ command }) => command),
    }));
  }, [commands, query]);

  // The best match is chosen at once, so that Enter alone is enough.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found is what asks for choosing anew.
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
    const id = found.flatMap(({ items }) => items)[index]?.id;
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
            {found.map(({ group, items }) => (
              <Combobox.Group key={group} label={t(`palette.groups.${group}`)}>
                {items.map((command) => (
                  <Combobox.Option key={command.id} value={command.id}>
                    <span className="cut">
                      <Marked text={command.name} query={query} />
                    </span>
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

/** The found part of a name in bold. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const word = query.trim().split(/\s+/)[0] ?? '';
  const at = word === '' ? -1 : text.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + word.length)}</b>
      {text.slice(at + word.length)}
    </>
  );
}
