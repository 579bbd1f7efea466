// Which client key and which models a tool is given.
import { Select } from '@mantine/core';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { hiddenKey, maskKey } from '../../components/mask.ts';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { saveKey } from '../keys/actions.ts';
import { generateKey } from '../keys/generate-key.ts';
import type { SetupChoice } from './use-setup.ts';

interface SetupChoicesProps {
  readonly agent: Agent;
  /** Names that the gateway serves. */
  readonly models: readonly string[];
  readonly choice: SetupChoice;
  readonly onChange: (choice: SetupChoice) => void;
}

/** Stands for a client key of the tool's own, which is made when it is chosen. */
const fresh = 'new';

type KnownSlot = 'main' | 'small' | 'opus' | 'sonnet' | 'haiku' | 'fable';

export function SetupChoices({ agent: { name, slots, keyIndex }, models, choice, onChange }: SetupChoicesProps) {
  const t = useText();
  const privacy = usePrivacy();
  const keys = useRead('client-keys.list').data?.keys ?? [];
  const shown = (key: string, label: string) => label || (privacy ? hiddenKey : maskKey(key));
  // What stands in the file stays in the list even when nobody serves it any more.
  const names = [...new Set([...models, ...slots.map(({ model }) => model)])].filter((name) => name !== '');
  const given = choice.key === undefined ? keyIndex : keys.findIndex(({ key }) => key === choice.key);
  const makeKey = async () => {
    const key = generateKey();
    if (await saveKey({ 'api-key': key }, name, undefined)) onChange({ ...choice, key });
  };
  const inForce = (id: string, model: string, suggested: string) => choice.models[id] ?? (model || suggested);
  const choose = (id: string, model: string) => {
    const all = Object.fromEntries(slots.map((slot) => [slot.id, inForce(slot.id, slot.model, slot.suggested)]));
    const chosen = Object.entries({ ...all, [id]: model }).filter(([, name]) => name !== '');
    onChange({ ...choice, models: Object.fromEntries(chosen) });
  };
  return (
    <div className="choices-of-three">
      <Select
        label={t('tools.drawer.clientKey')}
        size="md"
        allowDeselect={false}
        placeholder={t('tools.drawer.noKey')}
        data={[
          ...keys.map(({ key, label }, at) => ({ value: String(at), label: shown(key, label) })),
          { value: fresh, label: t('tools.drawer.newKey') },
        ]}
        value={keys.length === 0 ? null : String(Math.max(0, given))}
        onChange={(at) => (at === fresh ? void makeKey() : onChange({ ...choice, key: keys[Number(at)]?.key }))}
      />
      {slots.map(({ id, model, suggested }) => (
        <Select
          key={id}
          label={t(`tools.drawer.models.${id as KnownSlot}`)}
          size="md"
          searchable
          allowDeselect={false}
          data={names}
          value={inForce(id, model, suggested) || null}
          onChange={(name) => name !== null && choose(id, name)}
        />
      ))}
      {names.length === 0 && slots.length > 0 && <p className="second">{t('tools.drawer.noModels')}</p>}
    </div>
  );
}
