// A model that is made of models: its name, its models in their order, and the lines that it writes.
import { ActionIcon, Autocomplete, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ModelChain } from '../../../../src-shared/contract/model-chains.ts';
import { OrderedList } from '../../../components/ordered-list.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { chainYaml } from './chain-yaml.ts';

interface ChainFormProps {
  /** Undefined: a new one. */
  readonly chain: ModelChain | undefined;
  /** What can be an element. */
  readonly models: readonly string[];
  readonly taken: readonly string[];
  readonly onSave: (chain: ModelChain) => Promise<void>;
  readonly onRemove: (chain: ModelChain) => Promise<void>;
  readonly onCancel: () => void;
}

export function ChainForm({ chain, models, taken, onSave, onRemove, onCancel }: ChainFormProps) {
  const t = useText();
  const [name, setName] = useState(chain?.name ?? '');
  const [elements, setElements] = useState<readonly string[]>(chain?.models ?? []);
  const [added, setAdded] = useState('');
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const trimmed = name.trim();
  const isTaken = chain === undefined && taken.some((one) => one.toLowerCase() === trimmed.toLowerCase());
  const nameError = trimmed === '' ? t('routing.nameMissing') : isTaken ? t('routing.nameTaken') : undefined;
  const elementsError = elements.length === 0 ? t('routing.noElements') : undefined;
  const add = (model: string) => {
    const element = model.trim();
    if (element !== '' && !elements.includes(element)) setElements([...elements, element]);
    setAdded('');
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (nameError !== undefined || elementsError !== undefined) return;
    setSaving(true);
    await onSave({ name: trimmed, models: [...elements] });
    setSaving(false);
  };
  return (
    <form className="chain-form box" onSubmit={(event) => void save(event)}>
      {chain === undefined ? (
        <TextInput
          label={t('routing.name')}
          value={name}
          autoFocus
          error={tried ? nameError : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <code className="strong">{chain.name}</code>
      )}
      <OrderedList items={elements} onChange={setElements}>
        {(element) => (
          <>
            <code className="cut grow" title={element}>
              {element}
            </code>
            <ActionIcon
              aria-label={t('routing.removeElement', { model: element })}
              onClick={() => setElements(elements.filter((one) => one !== element))}
            >
              <IconX size={14} stroke={1.5} />
            </ActionIcon>
          </>
        )}
      </OrderedList>
      <div className="row">
        <Autocomplete
          aria-label={t('routing.addModel')}
          placeholder={t('routing.addModel')}
          className="grow"
          data={models.filter((model) => !elements.includes(model))}
          value={added}
          error={tried ? elementsError : undefined}
          onChange={setAdded}
          onOptionSubmit={(model) => {
            add(model);
            // The field puts the chosen text in after this.
            queueMicrotask(() => setAdded(''));
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || added.trim() === '') return;
            event.preventDefault();
            add(added);
          }}
        />
        <Button disabled={added.trim() === ''} onClick={() => add(added)}>
          {t('routing.add')}
        </Button>
      </div>
      {trimmed !== '' && elements.length > 0 && (
        <div className="sunken key-yaml">
          <p className="second">{t('routing.written')}</p>
          <pre className="mono">{chainYaml(trimmed, elements)}</pre>
        </div>
      )}
      <div className="row">
        {chain !== undefined && (
          <Button className="danger" onClick={() => void onRemove(chain)}>
            {t('routing.remove')}
          </Button>
        )}
        <span className="grow" />
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button variant="filled" type="submit" loading={saving}>
          {t('routing.save')}
        </Button>
      </div>
    </form>
  );
}
