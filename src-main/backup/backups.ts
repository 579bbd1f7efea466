// Everything of the program in one encrypted file, and back. It is a file of age (age-encryption.org/v1), armored, so
// that other programs can open it as well. Reads and writes through the operations that everybody uses.
import type { BackupItem, BackupPart } from '../../src-shared/contract/backup.ts';
import type { AppContract, OperationName } from '../../src-shared/contract/index.ts';
import type { Actor, Input, Output } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { applyEdits } from '../config/yaml/apply-edits.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import { TaskThread } from '../lib/task-thread.ts';
import type { Clock } from '../lib/time/clock.ts';
import { type BackupContent, parseBackup } from './backup-content.ts';
import type { BackupResult, BackupTask } from './backup-worker.ts';

export interface BackupsOptions {
  readonly clock: Clock;
  /** The directory of accounts on this machine. It stays whatever a backup says. */
  readonly authDir: () => string;
  /** Runs an operation of the program. */
  readonly call: <N extends OperationName>(
    name: N,
    input: Input<AppContract[N]>,
    actor: Actor,
  ) => Promise<Output<AppContract[N]>>;
}

export interface RestoreOptions {
  readonly content: string;
  readonly passphrase: string;
  readonly preview: boolean;
  readonly parts: readonly BackupPart[];
}

export class Backups {
  readonly #options: BackupsOptions;
  readonly #thread: TaskThread<BackupTask, BackupResult>;
  readonly #turns = new KeyedQueue();

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#thread = new TaskThread({ name: 'backup-worker', nextTo: import.meta.url }, options.clock);
  }

  async create(passphrase: string, actor: Actor): Promise<{ name: string; content: string }> {
    const time = new Date(this.#options.clock.now()).toISOString();
    const text = JSON.stringify({
      format: 'cli-proxy-desktop-backup',
      version: 1,
      time,
      ...(await this.#present(actor)),
    });
    const content = await this.#work({ kind: 'encrypt', text, passphrase });
    return { name: `cli-proxy-desktop-${time.slice(0, 10)}.age`, content };
  }

  /** What is there now, as a backup holds it. */
  async #present(actor: Actor): Promise<Omit<BackupContent, 'format' | 'version' | 'time'>> {
    const { call } = this.#options;
    const [{ text: config }, { files }, { keys }, usage] = await Promise.all([
      call('config-yaml.get', undefined, actor),
      call('auth-files.list', undefined, actor),
      call('client-keys.list', undefined, actor),
      call('usage.export', undefined, actor),
    ]);
    const accounts = await Promise.all(files.map(({ name }) => call('auth-files.download', { name }, actor)));
    const labels = keys.filter(({ label }) => label !== '').map(({ key, label }) => ({ key, label }));
    return { config, accounts, labels, usage: { ...usage } };
  }

  /**
   * What a backup would change here, and unless it is a preview, changes it: the config last. Accounts that the backup
   * does not have stay. Throws Problem `backup_unreadable` or `wrong_passphrase`, and those of the operations.
   */
  async restore(
    { content, passphrase, preview, parts }: RestoreOptions,
    actor: Actor,
  ): Promise<{ time: string; items: BackupItem[]; restored: boolean }> {
    const backup = parseBackup(await this.#work({ kind: 'decrypt', text: content, passphrase }));
    const config = applyEdits(backup.config, [{ path: ['auth-dir'], value: this.#options.authDir() }]);
    const present = await this.#present(actor);
    const items = itemsOf({ ...backup, config }, present).filter(({ part }) => parts.includes(part));
    if (preview) return { time: backup.time, items, restored: false };
    const { call } = this.#options;
    const isWanted = (part: BackupPart, name: string) =>
      items.some((item) => item.part === part && item.name === name && item.change !== 'same');
    const files = backup.accounts.filter(({ name }) => isWanted('accounts', name));
    if (files.length > 0) await call('auth-files.upload', { files }, actor);
    if (parts.includes('labels')) for (const label of backup.labels) await call('client-keys.label', label, actor);
    if (parts.includes('usage')) await call('usage.import', { document: backup.usage }, actor);
    if (isWanted('config', configName)) await call('config-yaml.put', { text: config }, actor);
    return { time: backup.time, items, restored: true };
  }

  /** One at a time, since each takes much memory. */
  async #work(task: BackupTask): Promise<string> {
    const result = await this.#turns.run('work', () => this.#thread.run(task));
    if ('text' in result) return result.text;
    throw new Problem(result.rejected === 'passphrase' ? 'wrong_passphrase' : 'backup_unreadable');
  }

  close(): Promise<void> {
    return this.#thread.end(new Error('the program ends'));
  }
}

const configName = 'config.yaml';

function itemsOf(
  backup: Pick<BackupContent, 'config' | 'accounts' | 'labels' | 'usage'>,
  present: Pick<BackupContent, 'config' | 'accounts' | 'labels'>,
): BackupItem[] {
  const compare = (text: string, known: string | undefined): BackupItem['change'] =>
    known === undefined ? 'new' : known === text ? 'same' : 'changed';
  const accounts = new Map(present.accounts.map(({ name, content }) => [name, content]));
  const labels = new Map(present.labels.map(({ key, label }) => [key, label]));
  return [
    { part: 'config', name: configName, change: compare(backup.config, present.config) },
    ...backup.accounts.map(({ name, content }) => ({
      part: 'accounts' as const,
      name,
      change: compare(content, accounts.get(name)),
    })),
    // By their labels: the keys themselves are secrets.
    ...backup.labels.map(({ key, label }) => ({
      part: 'labels' as const,
      name: label,
      change: compare(label, labels.get(key)),
    })),
    { part: 'usage', name: 'usage', change: 'changed' },
  ];
}
