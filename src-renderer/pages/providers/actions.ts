// Changes of the provider lists. Each starts from the list as it is now, since others may have changed it.
import type { CompatibilityProvider, KeyEntry } from '../../../src-shared/config.ts';
import type { ProviderListName } from '../../../src-shared/providers.ts';
import { maskKey } from '../../components/mask.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, setRead } from '../../state/client.ts';
import { canonical } from './canonical.ts';
import type { Entry, Kind } from './kinds.ts';

// The lists have one shape on the wire; their entries differ only in fields that are passed through.
export const readList = async (list: ProviderListName) => (await call(`${list}.get`)).items as readonly Entry[];
export const writeList = (list: ProviderListName, items: readonly Entry[]) =>
  call(`${list}.replace` as 'openai-compatibility.replace', { items: [...items] as CompatibilityProvider[] });

/** What an entry is called: its name, or its key masked. */
export function entryName(entry: Entry): string {
  const { name } = entry as CompatibilityProvider;
  const key = (entry as KeyEntry)['api-key'];
  return name || (key ? maskKey(key) : text('providers.unnamed'));
}

const same = (a: Entry, b: Entry) => canonical(a) === canonical(b);

/** The place of an entry in the list as it is now. */
function placeOf(items: readonly Entry[], entry: Entry, index: number): number {
  if (items[index] && same(items[index], entry)) return index;
  const found = items.findIndex((item) => same(item, entry));
  if (found < 0) throw new Error(text('providers.changedMeanwhile'));
  return found;
}

export const addEntries = (kind: Kind, entries: readonly Entry[]): Promise<boolean> =>
  attempt(text('providers.saveFailed'), async () => {
    await writeList(kind.list, [...(await readList(kind.list)), ...entries]);
  });

export const saveEntry = (kind: Kind, before: Entry, index: number, after: Entry): Promise<boolean> =>
  attempt(text('providers.saveFailed'), async () => {
    const items = await readList(kind.list);
    await writeList(kind.list, items.with(placeOf(items, before, index), after));
  });

/** Shows the new state at once and the old one again when it cannot be saved. */
export async function setEnabled(kind: Kind, index: number, on: boolean): Promise<void> {
  const mark = (disabled: boolean) =>
    setRead('config.get', (config) => {
      if (!config) return config;
      const items = config[kind.list].map((item, place) => (place === index ? { ...item, disabled } : item));
      return { ...config, [kind.list]: items };
    });
  mark(!on);
  const done = await attempt(text('providers.saveFailed'), () =>
    call(`${kind.list}.patch` as 'openai-compatibility.patch', { index, value: { disabled: !on } }),
  );
  if (!done) mark(on);
}

export const moveEntry = (kind: Kind, entry: Entry, index: number, by: -1 | 1): Promise<boolean> =>
  attempt(text('providers.saveFailed'), async () => {
    const items = await readList(kind.list);
    const place = placeOf(items, entry, index);
    await writeList(kind.list, items.toSpliced(place, 1).toSpliced(Math.max(0, place + by), 0, entry));
  });

export async function removeEntry(kind: Kind, entry: Entry, index: number): Promise<void> {
  const done = await attempt(text('providers.removeFailed'), async () => {
    const items = await readList(kind.list);
    const place = placeOf(items, entry, index);
    await writeList(kind.list, items.toSpliced(place, 1));
  });
  if (!done) return;
  toastDone({
    title: text('providers.removed', { name: entryName(entry) }),
    undo: async () => {
      const items = await readList(kind.list);
      await writeList(kind.list, items.toSpliced(index, 0, entry));
    },
  });
}

/** Takes back that an entry was added, wherever it stands in the list by then. Throws when it is another one by then. */
export async function removeAdded(kind: Kind, entry: Entry): Promise<void> {
  const items = await readList(kind.list);
  await writeList(kind.list, items.toSpliced(placeOf(items, entry, items.length - 1), 1));
}
