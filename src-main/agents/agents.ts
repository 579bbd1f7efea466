// The user's tools: finds them, sets them up for the gateway, and puts their files back. Acts only when asked.
import type { Agent, AgentChange, AgentOptions, AgentWarning, KeptKey } from '../../src-shared/contract/agents.ts';
import type { RecentRequest } from '../../src-shared/contract/recent-requests.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Clock } from '../lib/time/clock.ts';
import { fileReceiptOf, writeAll } from './commit.ts';
import { describeManualTool, describeTool, type Present } from './describe.ts';
import { findProgram } from './place.ts';
import { changesOf, keptOf, planSetUp, restorePlans, revisionOf } from './plan.ts';
import type { Receipt, Receipts } from './receipts.ts';
import { digestOf, readSettings, removeEmptyDirectories } from './settings-file.ts';
import { modelsOfSlots } from './slots.ts';
import type { Setup, Tool } from './tool.ts';
import { findTool, manualTools, supportedTool, tools } from './tools/index.ts';
import { type Verification, verifyTool } from './verify.ts';

export interface AgentsOptions extends Present {
  readonly receipts: Receipts;
  readonly clock: Clock;
  /** How the last requests of clients ended, newest first. */
  readonly requests: () => readonly RecentRequest[];
  /** Called after a tool was set up or put back. */
  readonly onChange: (actor: Actor) => void;
}

export interface Preview {
  readonly changes: AgentChange[];
  readonly warnings: AgentWarning[];
  readonly kept: KeptKey[];
  readonly variables: Record<string, string>;
  readonly revision: string;
}

type VerifyResult = Omit<Verification, 'outcome'> & {
  readonly outcome: Verification['outcome'] | 'not-set-up' | 'no-program';
};

/** Tools start slowly and ask more than once. */
const verifyTimeoutMs = 90_000;

export class Agents {
  readonly #options: AgentsOptions;
  readonly #turns = new KeyedQueue();

  constructor(options: AgentsOptions) {
    this.#options = options;
  }

  /** By name. */
  async list(): Promise<Agent[]> {
    const { receipts } = this.#options;
    const known = tools.map(async (tool) => describeTool(tool, await receipts.read(tool.id), this.#options));
    const others = manualTools.map((tool) => describeManualTool(tool, this.#options.place));
    return [...(await Promise.all(known)), ...others].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Throws Problem `item_not_found`, `invalid_value`, `agent_file_invalid`. */
  async preview(
    id: string,
    action: 'apply' | 'restore',
    options: AgentOptions,
    keepProvider = false,
  ): Promise<Preview> {
    const { receipts } = this.#options;
    const { tool, manual } = findTool(id);
    if (tool === undefined) {
      const variables = { ...manual?.variables?.(this.#setupOf(['main'], options)) };
      return { changes: [], warnings: [], kept: [], variables, revision: '' };
    }
    const receipt = await receipts.read(id);
    if (action === 'restore') {
      const files = restorePlans(tool, this.#options.place, receipt, keepProvider ? tool.providers : undefined);
      return {
        changes: changesOf(files),
        warnings: [],
        kept: keptOf(files),
        variables: {},
        revision: revisionOf(files),
      };
    }
    const { files, warnings } = this.#plan(tool, options, receipt);
    return { changes: changesOf(files), warnings, kept: keptOf(files), variables: {}, revision: revisionOf(files) };
  }

  #plan(tool: Tool, options: AgentOptions, receipt: Receipt | undefined) {
    const { place, keys } = this.#options;
    const setup = this.#setupOf(tool.slots, options, receipt);
    const files = tool.files(place).map((file) => planSetUp(file, setup, receipt));
    const set = (name: string) => (place.env[name] ?? '') !== '';
    const warnings: AgentWarning[] = [
      ...(tool.warnings?.(
        place,
        files.map(({ document }) => document),
      ) ?? []),
      ...(tool.variables ?? []).filter(set).map((subject) => ({ code: 'environment-wins' as const, subject })),
      ...(keys().length > 0 && !keys().includes(setup.key) ? [{ code: 'unknown-key' as const, subject: '' }] : []),
      ...[...new Set(Object.values(setup.models))]
        .filter((model) => !setup.serves(model))
        .map((subject) => ({ code: 'unknown-model' as const, subject })),
    ];
    return { setup, files, warnings };
  }

  /** What is left out of the options stays as it was written, as far as it is still there. */
  #setupOf(slots: readonly string[], options: AgentOptions, receipt?: Receipt): Setup {
    const { address, keys, models: served } = this.#options;
    const key = options.key ?? keys().find((one) => digestOf(one) === receipt?.key) ?? keys()[0];
    if (key === undefined) throw new Problem('invalid_value', 'There is no client key yet. Make one first.');
    if (/[\u0000-\u001f\u007f]/.test(key)) throw new Problem('invalid_value', 'options.key: not a client key.');
    const unknown = Object.keys(options.models).find((slot) => !slots.includes(slot));
    if (unknown !== undefined)
      throw new Problem('invalid_value', `options.models.${unknown}: Models are ${slots.join(', ')}.`);
    const models = modelsOfSlots(slots, options.models, served());
    if (Object.keys(models).length === 0)
      throw new Problem('invalid_value', `options.models.${slots[0]}: Name a model.`);
    const names = new Set(served());
    return {
      origin: address(),
      key,
      models,
      serves: (model) => names.has(model),
    };
  }

  /** Throws as {@link preview}, and Problem `agent_file_changed`, `agent_not_supported`, `file_write_failed`. */
  apply(
    id: string,
    options: AgentOptions,
    { revision, overwrite }: { readonly revision?: string | undefined; readonly overwrite: boolean },
    actor: Actor,
  ): Promise<{ files: string[]; warnings: AgentWarning[] }> {
    return this.#turns.run(id, async () => {
      const tool = supportedTool(id);
      const receipt = await this.#options.receipts.read(id);
      const { setup, files, warnings } = this.#plan(tool, options, receipt);
      if (revision !== undefined && revision !== revisionOf(files)) throw new Problem('agent_file_changed');
      const kept = keptOf(files);
      if (kept.length > 0 && !overwrite) {
        const names = kept.map(({ file, key }) => `${key} in ${file}`).join(', ');
        throw new Problem('agent_file_changed', `Somebody has changed ${names} since. Nothing was written.`);
      }
      const elsewhere = (receipt?.files ?? []).filter(({ file }) => !files.some(({ found }) => found.file === file));
      await this.#commit(id, {
        version: 1,
        time: new Date(this.#options.clock.now()).toISOString(),
        origin: setup.origin,
        key: digestOf(setup.key),
        models: setup.models,
        files: [...files.map(fileReceiptOf), ...elsewhere],
      });
      const written = await writeAll(files);
      this.#options.onChange(actor);
      return { files: written, warnings };
    });
  }

  async #commit(id: string, receipt: Receipt): Promise<void> {
    await this.#options.receipts.write(id, receipt).catch((error: unknown) => {
      const sentence = `What is to be written could not be noted first, so nothing was written: ${(error as Error).message}`;
      throw new Problem('file_write_failed', sentence, { cause: error });
    });
  }

  /** Does nothing to a tool that is not set up. Throws Problem `agent_file_invalid`, `file_write_failed`. */
  restore(
    id: string,
    { keepProvider }: { readonly keepProvider: boolean },
    actor: Actor,
  ): Promise<{ files: string[]; kept: KeptKey[] }> {
    return this.#turns.run(id, async () => {
      const tool = supportedTool(id);
      const { receipts } = this.#options;
      const receipt = await receipts.read(id);
      if (receipt === undefined) return { files: [], kept: [] };
      const files = restorePlans(tool, this.#options.place, receipt, keepProvider ? tool.providers : undefined);
      const written = await writeAll(files);
      for (const file of receipt.files)
        if (readSettings(file.file).text === undefined) removeEmptyDirectories(file.directories);
      receipts.remove(id);
      this.#options.onChange(actor);
      return { files: written, kept: keptOf(files) };
    });
  }

  /** Runs the tool once. Throws Problem `item_not_found`, `agent_not_supported`. */
  verify(id: string): Promise<VerifyResult> {
    return this.#turns.run(id, async () => {
      const tool = supportedTool(id);
      const { place, clock, receipts, requests, keys } = this.#options;
      const nothing = { model: '', cause: '', milliseconds: 0, variables: [], output: '' };
      if ((await receipts.read(id)) === undefined) return { ...nothing, outcome: 'not-set-up' };
      const program = findProgram(place, tool.programs);
      if (program === undefined || tool.test === undefined) return { ...nothing, outcome: 'no-program' };
      return verifyTool(tool, program, { place, clock, secrets: keys(), requests, timeoutMs: verifyTimeoutMs });
    });
  }
}
