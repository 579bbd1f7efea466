// The settings that are one value each: read from the config, changed at once, rolled back with the reason.
import type { ConfigView } from '../../src-shared/contract/config.ts';
import type { SettingName } from '../../src-shared/settings.ts';
import { attempt } from '../components/toast.tsx';
import { text } from '../i18n/i18n.ts';
import type { OperationInput } from '../transport/transport.ts';
import { call, invalidate, queryClient, setRead, useRead } from './client.ts';

export type SettingValue<N extends SettingName> = OperationInput<`${N}.set`>['value'];

/** The setting's place in the config document: its path's names. */
const place = (name: SettingName): readonly string[] => name.split('/');

function at(config: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

function withValue<T>(node: T, [key, ...rest]: readonly string[], value: unknown): T {
  if (key === undefined) return value as T;
  const fields = node as Record<string, unknown>;
  return { ...fields, [key]: withValue(fields[key], rest, value) } as T;
}

/** The value in force; undefined until it is known. */
export function useSetting<N extends SettingName>(name: N): SettingValue<N> | undefined {
  return at(useRead('config.get').data, place(name)) as SettingValue<N> | undefined;
}

/** Shows the new value at once; if it cannot be saved, shows the old one again and says why. */
export async function setSetting<N extends SettingName>(name: N, value: SettingValue<N>): Promise<boolean> {
  const before = queryClient.getQueryData<ConfigView>(['config.get']);
  setRead('config.get', (config) => config && withValue(config, place(name), value));
  const saved = await attempt(text('setting.failed', { name: text(`setting.names.${name}`) }), () =>
    (call as (name: string, input: unknown) => Promise<unknown>)(`${name}.set`, { value }),
  );
  if (saved) return true;
  setRead('config.get', () => before);
  await invalidate('config.get');
  return false;
}
