// Values that a setting's type allows and that can still never work.
import { Problem } from '../../src-shared/problem.ts';
import type { SettingPath } from '../../src-shared/settings.ts';
import { readProxyUrl } from '../lib/proxy-url.ts';

/** Each says why a value can never work. A request with such a value fails; in the file it gives a notice. */
const checks: Partial<Record<SettingPath, (value: string) => string | undefined>> = {
  'proxy-url': (value) => readProxyUrl(value).error,
};

/** @throws Problem `invalid_value` when the value can never work. */
export function checkSetting(path: string, value: unknown): void {
  const error = typeof value === 'string' ? checks[path as SettingPath]?.(value) : undefined;
  if (error !== undefined) throw new Problem('invalid_value', error);
}
