// The services there is an address for, in the order of their names, and the model servers of this machine.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { Mark } from '../../../components/page.tsx';
import { Loaded } from '../../../components/states.tsx';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { attempt } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call, useRead } from '../../../state/client.ts';
import type { OperationOutput } from '../../../transport/transport.ts';
import { kinds } from '../kinds.ts';
import type { Preset } from './add-recognized.ts';

type LocalServer = OperationOutput<'local-servers.find'>['servers'][number];

const isLocal = (preset: Preset) => ['127.0.0.1', 'localhost'].includes(URL.parse(preset['base-url'])?.hostname ?? '');

interface ServiceListProps {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly onChoose: (preset: Preset) => void;
}

/** Arrow keys walk the list. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
}

export function ServiceList({ list, onChoose }: ServiceListProps) {
  const t = useText();
  // What is unknown fits all of them.
  const services = useRead('provider.recognize', { text: '' });
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly LocalServer[] | 'looking'>();
  const look = async () => {
    setFound('looking');
    const done = await attempt(t('keyBox.lookFailed'), async () => {
      setFound((await call('local-servers.find')).servers);
    });
    if (!done) setFound(undefined);
  };
  const note = (preset: Preset) => {
    if (!isLocal(preset)) return kinds.find(({ list: name }) => name === preset.list)?.name ?? '';
    if (found === undefined || found === 'looking') return t('keyBox.local');
    const server = found.find(({ id }) => id === preset.id);
    return server ? t('keyBox.running', { count: server.models.length }) : t('keyBox.notRunning');
  };
  const isRunning = (preset: Preset) => Array.isArray(found) && found.some(({ id }) => id === preset.id);
  const wanted = search.trim().toLowerCase();
  return (
    <section>
      <div className="row between key-box-head">
        <h2 className="head">{t('keyBox.choose')}</h2>
        <TextInput
          aria-label={t('keyBox.findService')}
          placeholder={t('keyBox.findService')}
          w={168}
          leftSection={<IconSearch size={16} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <Loaded query={services} failure={t('keyBox.servicesFailed')} rows={10}>
        {({ presets }) => {
          const shown = presets.filter(({ name }) => name.toLowerCase().includes(wanted));
          return (
            <ul
              className="services"
              // Down the first column, then down the second.
              style={{ gridTemplateRows: `repeat(${Math.ceil(shown.length / 2)}, auto)` }}
              ref={list}
              onKeyDown={walk}
            >
              {shown.map((preset) => (
                <li key={preset.id}>
                  <button type="button" className="plain row" onClick={() => onChoose(preset)}>
                    <Mark id={preset.mark} />
                    <span>{preset.name}</span>
                    <span className="second grow cut">{note(preset)}</span>
                    {isRunning(preset) && <StatusIcon status="ok" />}
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      <p className="second" role="status">
        <button type="button" className="plain link" disabled={found === 'looking'} onClick={() => void look()}>
          {t('keyBox.look')}
        </button>{' '}
        {found === 'looking' && t('keyBox.looking')}
        {Array.isArray(found) &&
          (found.length === 0 ? t('keyBox.noneFound') : t('keyBox.lookedFor', { count: found.length }))}
      </p>
    </section>
  );
}
