// Handlers of the settings that are one value each.
import { type SettingName, settings, type settingsContract } from '../../src-shared/contract/settings.ts';
import { done } from '../../src-shared/families.ts';
import type { Actor, Implementation } from '../../src-shared/operation.ts';
import type { ConfigStore } from '../config/store/config-store.ts';

const valueAt = (document: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], document);

/** One pair of handlers per row of the settings table. */
export function settingHandlers(config: ConfigStore): Implementation<typeof settingsContract> {
  const handlers: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const path = name.split('/');
    handlers[`${name}.get`] = () => ({ value: valueAt(config.current.config, path) });
    handlers[`${name}.set`] = async (input: { readonly value: unknown }, actor: Actor) => {
      await config.edit(() => [{ path, value: input.value }], actor);
      return done;
    };
  }
  handlers['proxy-url.clear'] = async (_: undefined, actor: Actor) => {
    await config.edit(() => [{ path: ['proxy-url'], value: '' }], actor);
    return done;
  };
  return handlers as Implementation<typeof settingsContract>;
}
