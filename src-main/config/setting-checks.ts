// Values that a setting's type allows and that can still never work.
import type { SettingPath } from '../../src-shared/settings.ts';
import { parseProxyUrl } from '../lib/proxy-url.ts';

/** Each throws Problem `invalid_value`. A request with such a value fails; in the file it gives a notice. */
const checks: Partial<Record<SettingPath, (value: string) => unknown>> = { 'proxy-url': parseProxyUrl };

/** @throws Problem `invalid_value` when the value can never work. */
export function checkSetting(path: string, value: unknown): void {
  if (typeof value === 'string') checks[path as SettingPath]?.(value);
}
