// Edits of the config that wait for their turn and are then written at once.
import type { Config } from '../../../src-shared/config.ts';
import type { Actor } from '../../../src-shared/operation.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import type { Edit, Snapshot } from './snapshot.ts';

/** What to edit in the config as it is when the edit's turn has come. */
export type Change = (config: Config) => readonly Edit[];

interface Job {
  readonly change: Change;
  readonly actor: Actor;
  readonly resolve: (snapshot: Snapshot) => void;
  readonly reject: (error: unknown) => void;
}

/** What a job comes to, once the batch is on disk. */
type Step = { readonly job: Job } & ({ readonly snapshot: Snapshot } | { readonly error: unknown });

export class EditBatch {
  readonly #jobs: Job[] = [];
  #base: Snapshot | undefined;
  #steps: readonly Step[] = [];

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** Resolves or rejects when the batch is settled or has failed. */
  add(change: Change, actor: Actor): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ change, actor, resolve, reject });
    });
  }

  /**
   * What the edits make of `base`, one after another. One that fails changes nothing and leaves the others alone.
   * To be called again when somebody else's save overtakes the writing.
   */
  async apply(base: Snapshot, read: (text: string, revision: number) => Promise<Snapshot>): Promise<Snapshot> {
    const steps: Step[] = [];
    let latest = base;
    for (const job of this.#jobs) {
      try {
        const text = applyEdits(latest.text, job.change(latest.config));
        if (text !== latest.text) latest = await read(text, latest.revision + 1);
        steps.push({ job, snapshot: latest });
      } catch (error) {
        steps.push({ job, error });
      }
    }
    this.#base = base;
    this.#steps = steps;
    return latest;
  }

  /** The batch is on disk: `accept` gets each new state, then its edit is answered. */
  settle(accept: (snapshot: Snapshot, actor: Actor) => void): void {
    let latest = this.#base;
    for (const step of this.#steps) {
      if ('error' in step) {
        step.job.reject(step.error);
        continue;
      }
      if (step.snapshot !== latest) accept(step.snapshot, step.job.actor);
      latest = step.snapshot;
      step.job.resolve(latest);
    }
  }

  /** The batch cannot be written. */
  fail(error: unknown): void {
    for (const { reject } of this.#jobs) reject(error);
  }
}
