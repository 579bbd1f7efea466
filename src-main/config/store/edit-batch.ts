// Pending edits of the config, applied one after another and written together.
import type { Config } from '../../../src-shared/config.ts';
import { type Actor, byApp } from '../../../src-shared/operation.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import type { Edit, Snapshot } from './snapshot.ts';

/** The edits to make, decided on the config as it is when their turn comes. */
export type Change = (config: Config) => readonly Edit[];

interface Job {
  readonly change: Change;
  readonly actor: Actor;
  readonly resolve: (snapshot: Snapshot) => void;
  readonly reject: (error: unknown) => void;
}

/** The outcome of a job, in force once the batch is on disk. */
type Step = { readonly job: Job } & ({ readonly snapshot: Snapshot } | { readonly error: unknown });

export class EditBatch {
  readonly #jobs: Job[] = [];
  #base: Snapshot | undefined;
  #steps: readonly Step[] = [];

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** Who asked for the last of them. */
  get actor(): Actor {
    return this.#jobs.at(-1)?.actor ?? byApp;
  }

  /** Settles when the batch is committed or has failed. */
  add(change: Change, actor: Actor): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ change, actor, resolve, reject });
    });
  }

  /**
   * The result of all edits on `base`, in order. One that fails changes nothing and does not affect the others.
   * To be called again when another program's save comes before the write.
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

  /** The batch is on disk: `accept` gets each new state, then the promise of its edit resolves. */
  commit(accept: (snapshot: Snapshot, actor: Actor) => void): void {
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
