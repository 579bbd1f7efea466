// Handlers of the account files.
import type { authFilesContract } from '../../../src-shared/contract/auth-files.ts';
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { Implementation, Parsed } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import { rejectUnsendable, unsendableHeader } from '../../config/entries/header-values.ts';
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

/** Without blanks around texts; an empty text says the same as none. */
const cleaned = (fields: Changes): Changes =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || null : value]),
  );

function withChanges(content: Readonly<Record<string, unknown>>, changes: Changes): Record<string, unknown> {
  const changed = { ...content, ...changes };
  return Object.fromEntries(Object.entries(changed).filter(([name, value]) => value !== null || !(name in changes)));
}

export function authFileHandlers(
  authFiles: AuthFiles,
  accounts: Accounts,
  dispatchers: Dispatchers,
): Implementation<typeof authFilesContract> {
  return {
    'auth-files.list': async () => {
      await authFiles.refresh();
      return { files: [...accounts.describeWithTraffic()] };
    },
    'auth-files.download': async ({ name }) => {
      const file = await authFiles.read(name);
      return { name: file.name, content: file.text };
    },
    'auth-files.upload': async ({ files }, actor) => {
      const [only] = files;
      if (files.length === 1 && only) {
        await authFiles.save(only.name, only.content, actor);
        return done;
      }
      const contents = new Map(files.map((file) => [file.name, file.content]));
      const result = await each([...contents.keys()], (name) => authFiles.save(name, contents.get(name) ?? '', actor));
      return { ...result, uploaded: result.files.length };
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
    'auth-files.update': async ({ names, fields }, actor) => {
      const changes = cleaned(fields);
      if (typeof changes.proxy_url === 'string') dispatchers.for(changes.proxy_url);
      const headers = Object.entries(changes.headers ?? {});
      rejectUnsendable(headers.flatMap(([name, value]) => unsendableHeader(name, value, ['headers'])));
      const update = async (name: string) => {
        const known = await authFiles.update(name, (content) => withChanges(content, changes), actor);
        if (!known) throw new Problem('file_not_found');
      };
      const [only] = names;
      if (names.length > 1 || only === undefined) return each(names, update);
      await update(only);
      return done;
    },
  };
}
