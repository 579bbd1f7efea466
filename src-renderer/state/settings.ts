// The settings that are one value each: read from the config, changed at once, rolled back with the reason.
import type { ConfigView } from '../../src-shared/contract/config.ts';
import { settingAt } from '../../src-shared/setting-paths.ts';
import type { SettingName, SettingValue } from '../../src-shared/settings.ts';
import { attempt } from '../components/toast.tsx';
import { text } from '../i18n/i18n.ts';
import { call, invalidate, queryClient, setRead, useRead } from './client.ts';
import { createStore, useStore } from './store.ts';

/** The settings that are being saved: their values show already, but are not in force yet. */
const savingStore = createStore<ReadonlySet<SettingName>>(new Set());

/** Whether the value in sight still waits for the server. */
export const useIsSaving = (name: SettingName): boolean => useStore(savingStore).has(name);

/** The setting's place in the config document: its path's names. */
const place = (name: SettingName): readonly string[] => name.split('/');

function withValue<T>(node: T, [key, ...rest]: readonly string[], value: unknown): T {
  if (key === undefined) return value as T;
  const fields = node as Record<string, unknown>;
  return { ...fields, [key]: withValue(fields[key], rest, value) } as T;
}

/** The value in force; undefined until it is known. */
export function useSetting<N extends SettingName>(name: N): SettingValue<N> | undefined {
  return settingAt(useRead('config.get').data, name) as SettingValue<N> | undefined;
}

/** Shows the new value at once; if it cannot be saved, shows the old one again and says why. */
export async function setSetting<N extends SettingName>(name: N, value: SettingValue<N>): Promise<boolean> {
  const before = queryClient.getQueryData<ConfigView>(['config.get']);
  setRead('config.get', (config) => config && withValue(config, place(name), value));
  savingStore.set(new Set([...savingStore.get(), name]));
  const saved = await attempt(text('settings.changeFailed', { name: text(`setting.${name}.name`) }), () =>
    (call as (name: string, input: unknown) => Promise<unknown>)(`${name}.set`, { value }),
  );
  savingStore.set(new Set([...savingStore.get()].filter((other) => other !== name)));
  if (saved) return true;
  setRead('config.get', () => before);
  await invalidate('config.get');
  return false;
}
