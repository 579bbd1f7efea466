// Saves what was pasted as an entry of its service, after it has answered with one token.
import type { CompatibilityProvider } from '../../../src-shared/config.ts';
import { compatibleList } from '../../../src-shared/providers.ts';
import { text } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { readList, writeList } from './actions.ts';
import { type Entry, kinds } from './kinds.ts';
import { probeKey, probeStore } from './probes.ts';

type Recognized = OperationOutput<'provider.recognize'>;
type Preset = Recognized['presets'][number];

/** More models than this are not written one by one: without a list all are offered. */
const maxModels = 20;

/** A name that no other provider has. */
function freeName(wanted: string, items: readonly Entry[]): string {
  const taken = new Set(items.map((entry) => (entry as CompatibilityProvider).name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  return name;
}

/** Returns the name of the entry. Throws when the service does not answer and `isTested` is wanted. */
export async function addRecognized(
  { key, baseUrl, model }: Recognized,
  preset: Preset | undefined,
  isTested: boolean,
): Promise<string> {
  const kind = kinds.find(({ list }) => list === (preset?.list ?? compatibleList));
  if (kind === undefined) throw new Error(text('keyBox.unknown'));
  const address = baseUrl || (preset?.['base-url'] ?? '');
  const items = await readList(kind.list);
  const name = freeName(preset?.id ?? (URL.parse(address)?.hostname ?? 'provider').replaceAll('.', '-'), items);
  const named = (models: readonly string[]): Entry => {
    const listed = models.length > 0 ? { models: models.map((id) => ({ name: id })) } : {};
    if (kind.named)
      return { name, 'base-url': address, 'api-key-entries': key === '' ? [] : [{ 'api-key': key }], ...listed };
    return { 'api-key': key, ...(baseUrl !== '' && { 'base-url': baseUrl }), ...listed };
  };
  const probe = await call('provider-test.run', {
    list: kind.list,
    entry: named(model === '' ? [] : [model]),
    ask: isTested ? 'token' : 'models',
  });
  if (isTested && !probe.ok) throw new Error(probe.message);
  const models = new Set([...(model === '' ? [] : [model]), ...(probe.models.length <= maxModels ? probe.models : [])]);
  const entry = named(kind.named ? [...models] : []);
  await writeList(kind.list, [...(await readList(kind.list)), entry]);
  if (isTested) probeStore.set(new Map(probeStore.get()).set(probeKey(entry), probe));
  return kind.named ? name : (preset?.name ?? kind.name);
}
