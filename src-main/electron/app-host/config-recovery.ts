// What the window can do while the config is invalid and nothing can start: read the file, check it, and save a better one.
import { configSchema } from '../../../src-shared/config.ts';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { contract } from '../../../src-shared/contract/index.ts';
import type { AppEvent } from '../../../src-shared/events.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { historyDir, storedVersion, storedVersions } from '../../config/config-history.ts';
import { describeCheck, invalidBy } from '../../config/store/config-document.ts';
import { overwrite } from '../../config/store/config-file.ts';
import { ConfigReader } from '../../config/store/config-reader.ts';
import { hashSecret } from '../../config/store/config-secret.ts';
import { readVersion } from '../../config/store/config-version.ts';
import type { InvalidConfig } from '../../config/store/snapshot.ts';
import { versionComparer } from '../../config/version-changes.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import { createOperations, type Operations, type Receive } from '../../operations/dispatch.ts';

export interface ConfigRecoveryOptions {
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Why the app could not start. */
  readonly error: unknown;
  /** Called after a valid config was saved. */
  readonly onFixed: () => void;
}

/** The operations that work without the app. */
const { 'config-yaml.get': get, 'config-yaml.check': check, 'config-yaml.put': put } = contract;
const { 'config-history.list': list, 'config-history.get': version } = contract;
const recoveryContract = {
  'config-yaml.get': get,
  'config-yaml.check': check,
  'config-yaml.put': put,
  'config-history.list': list,
  'config-history.get': version,
};

export class ConfigRecovery {
  readonly #options: ConfigRecoveryOptions;
  readonly #configError: InvalidConfig;
  readonly #failedText: string;
  readonly #reader: ConfigReader;
  readonly #operations: Operations<typeof recoveryContract>;

  constructor(options: ConfigRecoveryOptions) {
    this.#options = options;
    const { error, configFile: file } = options;
    this.#reader = new ConfigReader({ file, hash: hashSecret, schema: configSchema, host: undefined });
    this.#configError = invalidBy(error instanceof Problem ? error : new Problem('internal'));
    this.#failedText = this.#readText();
    const history = historyDir(options.configFile, options.environment);
    const withChanges = versionComparer((id) => storedVersion(history, id));
    this.#operations = createOperations(recoveryContract, {
      'config-yaml.get': () => ({ text: this.#read() }),
      'config-yaml.check': ({ text }) => describeCheck(() => this.#reader.check(text)),
      'config-yaml.put': ({ text }) => this.#save(text),
      'config-history.list': async () => ({ versions: await withChanges(await storedVersions(history)) }),
      'config-history.get': async ({ id }) => ({ text: await storedVersion(history, id) }),
    });
  }

  /** Whether the file has changed since the start failed. */
  isOutdated(): boolean {
    return this.#readText() !== this.#failedText;
  }

  snapshot(): readonly AppEvent[] {
    const common = { revision: 0, actor: { kind: 'app' as const } };
    const { line, message } = this.#configError;
    const sentence = `The server is not running: ${message} (line ${line} of ${this.#options.configFile})`;
    return [
      { event: 'config-broken', ...common, ...this.#configError },
      { event: 'server', ...common, state: 'failed', address: '', message: sentence },
    ];
  }

  readonly receive: Receive = async (name, input, actor) => {
    if (!Object.hasOwn(recoveryContract, name))
      throw new Problem('unavailable', 'Fix the config first; everything else is available again after that.');
    return this.#operations.receive(name, input, actor);
  };

  #readText(): string {
    try {
      return readVersion(this.#options.configFile)?.text ?? '';
    } catch (error) {
      return String(error);
    }
  }

  #read(): string {
    const version = readVersion(this.#options.configFile);
    if (version === undefined) throw new Problem('config_missing');
    return version.text;
  }

  async #save(text: string): Promise<{ ok: true; changed: string[]; notices?: ConfigNotice[] }> {
    const { configFile, onFixed } = this.#options;
    const { notices } = this.#reader.check(text);
    try {
      await overwrite(configFile, text);
    } catch (error) {
      throw new Problem('write_failed', `the config cannot be written: ${fileErrorSentence(error, configFile)}`);
    }
    onFixed();
    return { ok: true, changed: ['config'], ...(notices.length > 0 && { notices: [...notices] }) };
  }
}
