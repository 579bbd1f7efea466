// The config of another installation, key by key.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import type { ConfigNotice } from '../../src-shared/contract/config.ts';
import type { FoundConfig, FoundKey } from '../../src-shared/contract/installations.ts';
import { Problem } from '../../src-shared/problem.ts';
import { invalidBy } from '../config/store/config-document.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { Snapshot } from '../config/store/snapshot.ts';
import { positionAt } from '../config/yaml/config-error.ts';
import { parseConfig } from '../config/yaml/read/parsed.ts';
import { fileErrorSentence, isAbsent } from '../lib/files/file-errors.ts';

/** Far more than any config has. */
const maxBytes = 2 * 1024 * 1024;

/** Its directory stays with the program that uses it: two programs that refresh the same sign-ins end each other's. */
const accountsKey = 'auth-dir';
const accountsSentence =
  'auth-dir stays as it is: account files are copied to the directory of this program, because two programs that refresh the same accounts sign each other out.';

/** The text of a config, `undefined` when there is no such file. Throws Problem `config_unreadable`. */
function readForeignText(file: string): string | undefined {
  const unreadable = (why: string) => new Problem('config_unreadable', `the config cannot be read: ${why}`);
  try {
    // A pipe of that name would be waited for.
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(handle);
      if (!stat.isFile()) throw unreadable(`${file} is not a file`);
      if (stat.size > maxBytes) throw unreadable(`${file} is larger than 2 MB`);
      const bytes = readFileSync(handle);
      const text = bytes.toString('utf8');
      if (!Buffer.from(text).equals(bytes)) throw unreadable(`${file} is not UTF-8`);
      return text;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (isAbsent(error)) return undefined;
    throw unreadable(fileErrorSentence(error, file, 'read'));
  }
}

export interface DescribedConfig {
  readonly found: FoundConfig;
  /** What its text would mean here; `undefined` for one with a problem. */
  readonly snapshot: Snapshot | undefined;
}

/** Its keys, or why none can be copied; `undefined` when there is no such file. */
export function describeConfig(config: Pick<ConfigStore, 'check'>, file: string): DescribedConfig | undefined {
  try {
    const text = readForeignText(file);
    if (text === undefined) return undefined;
    const snapshot = config.check(text);
    return { found: { file, keys: describeKeys(snapshot) }, snapshot };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { found: { file, keys: [], problem: invalidBy(error) }, snapshot: undefined };
  }
}

/** Each key at the top of a config, with what becomes of it here. */
function describeKeys({ text, keyOrder, notices }: Snapshot): FoundKey[] {
  const { root } = parseConfig(text).document;
  const entries = root?.kind === 'mapping' ? root.entries : [];
  return keyOrder.map((key): FoundKey => {
    const own = notices.filter(({ path }) => path === key);
    const inner = notices.filter(({ path }) => path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
    const message = key === accountsKey ? accountsSentence : own[0]?.message;
    return {
      key,
      // A key that is merged from elsewhere stands nowhere at the top.
      ...positionAt(text, entries.find(({ name }) => name === key)?.start ?? 0),
      use: useOf(key, own),
      ...(message !== undefined && { message }),
      notices: inner.map(({ column: _, ...notice }) => notice),
    };
  });
}

/** @param notices those about the key as a whole. */
export function useOf(key: string, notices: readonly Pick<ConfigNotice, 'kind'>[]): FoundKey['use'] {
  if (key === accountsKey || notices.some(({ kind }) => kind === 'refused')) return 'refused';
  return notices.some(({ kind }) => kind === 'unused' || kind === 'misspelt') ? 'kept' : 'used';
}
