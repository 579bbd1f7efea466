// Handlers of the account files.
import { prefixText } from '../../../src-shared/account-fields.ts';
import type { AccountFile, authFilesContract } from '../../../src-shared/contract/auth-files.ts';
import { done } from '../../../src-shared/contract/helpers/done.ts';
import { isObject } from '../../../src-shared/json.ts';
import type { Implementation, Parsed } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { present } from '../../../src-shared/wire.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import { unsupportedFile } from '../../accounts/unsupported.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import { rejectUnsendable, unsendableHeader } from '../../config/entries/header-values.ts';
import { maskUrlUserInfo } from '../../lib/mask.ts';
import type { AccountLimits } from '../../limits/account-limits.ts';
import type { Dispatchers } from '../../net/dispatchers.ts';

/** Does `act` for each name in turn; what fails is reported beside what went well. */
async function each(names: readonly string[], act: (name: string) => Promise<void>) {
  const files: string[] = [];
  const failed: { name: string; error: string }[] = [];
  for (const name of new Set(names)) {
    try {
      await act(name);
      files.push(name);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.push({ name, error: error.body.error });
    }
  }
  return failed.length > 0 ? ({ status: 'partial', files, failed } as const) : ({ status: 'ok', files } as const);
}

type Changes = Parsed<(typeof authFilesContract)['auth-files.update']>['fields'];
type Content = Readonly<Record<string, unknown>>;

/** As they are stored: without blanks around texts, an empty text says the same as none. */
function cleaned(fields: Changes): Changes {
  const { weight, request_retry: retry, prefix } = fields;
  const changes = {
    ...fields,
    ...(typeof prefix === 'string' && { prefix: prefixText(prefix) }),
    ...(typeof weight === 'number' && { weight: Math.max(0, weight) }),
    ...(typeof retry === 'number' && retry < 0 && { request_retry: null }),
  };
  const trimmed = Object.entries(changes).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() || null : value,
  ]);
  return Object.fromEntries(trimmed);
}

const hyphened = (name: string) => name.replaceAll('_', '-');

/** A changed field stands under its own name only, whichever spelling the file had. */
function withChanges(content: Content, changes: Changes): Record<string, unknown> {
  const headers = isObject(changes.headers) && { headers: mergedHeaders(content.headers, changes.headers) };
  const given = { ...changes, ...headers };
  const replaced = new Set(Object.keys(given).map(hyphened));
  const changed = Object.entries({ ...content, ...given }).filter(
    ([name, value]) => (value !== null || !(name in given)) && (name in given || !replaced.has(name)),
  );
  return Object.fromEntries(changed);
}

/** A blank value takes a header out, names are the same in any case; null when none is left. */
function mergedHeaders(old: unknown, given: Readonly<Record<string, string>>): Record<string, unknown> | null {
  const names = new Set(Object.keys(given).map((name) => name.trim().toLowerCase()));
  const kept = Object.entries(isObject(old) ? old : {}).filter(([name]) => !names.has(name.trim().toLowerCase()));
  const set = Object.entries(given).flatMap(([name, value]) =>
    name.trim() !== '' && value.trim() !== '' ? [[name.trim(), value.trim()]] : [],
  );
  const merged = [...kept, ...set];
  return merged.length > 0 ? Object.fromEntries(merged) : null;
}

/** Whether a proxy address is the stored one as lists show it, without its user and password. */
function isShownAs(content: Content, proxyUrl: string): boolean {
  const stored = content.proxy_url ?? content['proxy-url'];
  return typeof stored === 'string' && proxyUrl !== stored && maskUrlUserInfo(stored.trim()) === proxyUrl;
}

export function authFileHandlers(
  authFiles: AuthFiles,
  accounts: Accounts,
  dispatchers: Dispatchers,
  limits: Pick<AccountLimits, 'list'>,
): Implementation<typeof authFilesContract> {
  const unsupportedAmong = (names: readonly string[]) => {
    const files = authFiles.all.filter(({ name }) => names.includes(name));
    // A file without a type may be of any kind: its upload is only stored, as recorded of the original.
    const unsupported = files.flatMap((file) => unsupportedFile(file) ?? []).filter(({ type }) => type !== '');
    return unsupported.length > 0 ? { unsupported } : {};
  };
  const requireUsableProxy = (proxyUrl: string) => {
    try {
      dispatchers.for(proxyUrl);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem('invalid_value', `invalid field proxy_url: ${error.sentence}`, { cause: error });
    }
  };
  return {
    'auth-files.list': async ({ name, auth_index: index } = {}) => {
      await authFiles.refresh();
      const isAsked = (file: AccountFile) =>
        (name === undefined || file.name === name) && (index === undefined || file.auth_index === index);
      const windows = new Map((await limits.list()).map((account) => [account.name, account.windows]));
      const withLimits = (file: AccountFile) => ({ ...file, ...present({ limits: windows.get(file.name) }) });
      return { files: accounts.describeWithTraffic().filter(isAsked).map(withLimits) };
    },
    'auth-files.download': async ({ name }) => {
      const file = await authFiles.read(name);
      return { name: file.name, content: file.text };
    },
    'auth-files.upload': async ({ files }, actor) => {
      const [only] = files;
      if (files.length === 1 && only) {
        await authFiles.save(only.name, only.content, actor);
        return { ...done, ...unsupportedAmong([only.name]) };
      }
      const contents = new Map(files.map((file) => [file.name, file.content]));
      const result = await each([...contents.keys()], (name) => authFiles.save(name, contents.get(name) ?? '', actor));
      return { ...result, uploaded: result.files.length, ...unsupportedAmong(result.files) };
    },
    'auth-files.remove': async (input, actor) => {
      if ('all' in input) return { status: 'ok', deleted: await authFiles.removeAll(actor) };
      if ('name' in input) {
        await authFiles.remove(input.name, actor);
        return done;
      }
      const result = await each(input.names, (name) => authFiles.remove(name, actor));
      return { ...result, deleted: result.files.length };
    },
    'auth-files.set-status': async ({ name, disabled }, actor) => {
      await authFiles.read(name);
      const found = await authFiles.update(name, (content) => ({ ...content, disabled }), actor);
      if (!found) throw new Problem('file_not_found');
      return { status: 'ok', disabled };
    },
    'auth-files.update': async ({ name, names, fields }, actor) => {
      const changes = cleaned(fields);
      const headers = Object.entries(changes.headers ?? {});
      rejectUnsendable(headers.flatMap(([header, value]) => unsendableHeader(header, value, ['headers'])));
      const update = async (file: string) => {
        const known = await authFiles.update(file, (content) => withChanges(content, checked(content, changes)), actor);
        if (!known) throw new Problem('auth_file_not_found');
      };
      /** A proxy that is written back as it is shown stays as it is stored. */
      const checked = (content: Content, given: Changes): Changes => {
        const { proxy_url: proxyUrl, ...others } = given;
        if (typeof proxyUrl !== 'string') return given;
        if (isShownAs(content, proxyUrl)) return others;
        requireUsableProxy(proxyUrl);
        return given;
      };
      if (names !== undefined) return each(names, update);
      await update(name ?? '');
      return done;
    },
  };
}
