// Putting a new account into its file: the same file only for the same account, and the person's own fields kept.
import { createHash } from 'node:crypto';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { providerOfType, signInProviders } from '../../src-shared/providers.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Fields } from '../net/provider-request.ts';
import type { NewAccount } from '../providers/provider.ts';

/** Characters of one part of a file name that comes from outside, so that all parts together fit any file system. */
const maxPartLength = 80;

export interface AccountSaverOptions {
  readonly files: AuthFiles;
}

export class AccountSaver {
  readonly #files: AuthFiles;
  /** Two logins must not choose one name at the same time. */
  readonly #queue = new KeyedQueue();

  constructor({ files }: AccountSaverOptions) {
    this.#files = files;
  }

  /**
   * Writes the account and returns the name of its file. `extra` are members the person chose for it.
   * Throws Problem when it cannot be written, the signal's reason when that was aborted before.
   */
  save(account: NewAccount, extra: Fields, actor: Actor, signal: AbortSignal): Promise<string> {
    return this.#queue.run('save', () => this.#save(account, extra, actor, signal));
  }

  async #save(account: NewAccount, extra: Fields, actor: Actor, signal: AbortSignal): Promise<string> {
    const content = { ...account.content, ...extra };
    for (const name of [...(await this.#filesOf(account)), ...fileNames(account)]) {
      const file = await this.#existing(name);
      signal.throwIfAborted();
      if (file === undefined) {
        await this.#files.save(name, `${JSON.stringify(content)}\n`, actor);
        return name;
      }
      if (!mayBeSame(file, account)) continue;
      if (await this.#files.update(name, (old) => merged(old, content), actor)) return name;
      await this.#files.save(name, `${JSON.stringify(content)}\n`, actor);
      return name;
    }
    throw new Problem('save_failed', 'Every file name for this account is taken by another account.');
  }

  /** The files of this account whatever their names, those that agree in most ids first. */
  async #filesOf(account: NewAccount): Promise<readonly string[]> {
    // A folder that cannot be read is told by the write that follows.
    await this.#files.refresh().catch(() => {});
    return this.#files.all
      .filter((file) => mayBeSame(file, account) && agreement(file, account) > 0)
      .sort((a, b) => agreement(b, account) - agreement(a, account))
      .map(({ name }) => name);
  }

  async #existing(name: string): Promise<AuthFile | undefined> {
    try {
      return await this.#files.read(name);
    } catch (error) {
      if (error instanceof Problem && error.code === 'file_not_found') return undefined;
      throw error;
    }
  }
}

/** The original's name first; where another account has it, one with a part that only this account has. */
export function fileNames({ fileName, identity, hashedBy, content }: NewAccount): readonly string[] {
  const parts = fileName.map((part, index) => clean(part) || (index === 0 ? 'account' : ''));
  const own = shortHash(Object.values(identity).join('\n'));
  const distinctive = hashedBy === undefined ? '' : (identity[hashedBy] ?? '');
  const hash = distinctive === '' ? own : shortHash(distinctive);
  const isNameless = Object.values(identity).every((value) => value === '');
  if (isNameless) return [`${parts[0]}-${shortHash(JSON.stringify(content))}.json`];
  const base = parts.join('-');
  return [`${base}.json`, `${base}-${hash}.json`, `${base}-${own}.json`];
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Only characters that are harmless in every file system, and no `..`, also not with the `.json` that follows. */
export function clean(part: string): string {
  return part
    .slice(0, maxPartLength)
    .replace(/[^A-Za-z0-9@._+-]/g, '_')
    .replace(/\.{2,}|\.$/g, '_');
}

const knownIn = ({ content }: AuthFile, name: string) =>
  (typeof content?.[name] === 'string' ? (content[name] as string) : '').toLowerCase();

/** Some providers have several types, and older programs wrote others. */
function isOfSameProvider(file: AuthFile, { content }: NewAccount): boolean {
  const type = knownIn(file, 'type');
  if (type === content.type) return true;
  const provider = providerOfType(signInProviders, type);
  return provider !== undefined && provider === providerOfType(signInProviders, String(content.type));
}

/** Whether nothing in a file says that it is of another account. */
function mayBeSame(file: AuthFile, account: NewAccount): boolean {
  if (file.content === undefined || !isOfSameProvider(file, account)) return false;
  const { decidedBy, identity } = account;
  const decisive = decidedBy === undefined ? '' : (identity[decidedBy] ?? '').toLowerCase();
  if (decidedBy !== undefined && decisive !== '' && knownIn(file, decidedBy) !== '') {
    return knownIn(file, decidedBy) === decisive;
  }
  return Object.entries(identity).every(([name, value]) => {
    const theirs = knownIn(file, name);
    return theirs === '' || value === '' || theirs === value.toLowerCase();
  });
}

/** How many ids of the account are in a file. */
function agreement(file: AuthFile, account: NewAccount): number {
  return Object.entries(account.identity).filter(([name, value]) => value !== '' && knownIn(file, name) !== '').length;
}

/** A login that leaves something out does not erase what is known of the same account. */
function merged(old: Fields, content: Fields): Record<string, unknown> {
  const given = Object.entries(content).filter(([name, value]) => value !== '' || old[name] === undefined);
  return { ...old, ...Object.fromEntries(given) };
}
