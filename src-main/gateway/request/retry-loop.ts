// Asks one candidate after the other until one answers, in rounds.
import type { Clock } from '../../lib/time/clock.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import { type Classification, classify } from '../routing/classify.ts';
import type { Candidate } from '../routing/credential.ts';

/** How one attempt ended. `answered`: the client has its answer, whole or broken off. */
export type AttemptResult = { readonly answered: true } | { readonly answered: false; readonly failure: AttemptError };

export interface AttemptLoopOptions {
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[];
  /** Further rounds after the first. */
  readonly retries: number;
  /** Longest wait between rounds in milliseconds. */
  readonly maxWait: number;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  readonly attempt: (candidate: Candidate) => Promise<AttemptResult>;
  /** Makes a new access token; whether it could. */
  readonly refresh: (candidate: Candidate) => Promise<boolean>;
  readonly onFailure: (candidate: Candidate, failure: AttemptError) => void;
  /** Which candidates come after a failure, of those that are left in the round. */
  readonly after?: (candidate: Candidate, failure: AttemptError, left: readonly Candidate[]) => readonly Candidate[];
}

const firstPause = 250;

/** Undefined when a client got its answer (or left), else the failure to tell. */
export async function attemptLoop(options: AttemptLoopOptions): Promise<AttemptError | undefined> {
  const { retries, maxWait, clock, random, signal } = options;
  for (let round = 0; ; round++) {
    const outcome = await runRound(options);
    if (outcome === 'answered' || signal.aborted) return undefined;
    const { failures, stopped } = outcome;
    const told = toldFailure(failures);
    if (stopped || round >= retries || !failures.some((failure) => classify(failure).again)) return told;
    const asked = shortestAsked(failures);
    if (asked !== undefined && asked > maxWait) return tooLong(told, asked);
    const jitter = 1 + (random() * 2 - 1) * 0.1;
    const pause = Math.max(asked ?? 0, Math.min(firstPause * 2 ** round, Math.max(maxWait, firstPause)) * jitter);
    if (!(await wait(clock, pause, signal))) return undefined;
  }
}

interface Round {
  readonly failures: readonly AttemptError[];
  readonly stopped: boolean;
}

async function runRound(options: AttemptLoopOptions): Promise<'answered' | Round> {
  const failures: AttemptError[] = [];
  let left = options.candidates;
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const candidate: Candidate = next;
    left = left.slice(1);
    const result = await attemptWithRefresh(options, candidate);
    if (result.answered) return 'answered';
    if (options.signal.aborted) return 'answered';
    const { failure } = result;
    failures.push(failure);
    options.onFailure(candidate, failure);
    if (classify(failure).next === 'stop') return { failures, stopped: true };
    left = options.after?.(candidate, failure, left) ?? left;
  }
  return { failures, stopped: false };
}

/** After a 401 an account gets a new token and one more chance. */
async function attemptWithRefresh(options: AttemptLoopOptions, candidate: Candidate): Promise<AttemptResult> {
  const result = await options.attempt(candidate);
  if (result.answered || candidate.credential.account === undefined) return result;
  const { refresh }: Classification = classify(result.failure);
  if (!refresh || options.signal.aborted || !(await options.refresh(candidate))) return result;
  return options.attempt(candidate);
}

const isRefused = ({ status }: AttemptError) => status === 401 || status === 402 || status === 403;

/** The last failure, but rather one that is not about our own keys. */
function toldFailure(failures: readonly AttemptError[]): AttemptError {
  const told = failures.findLast((failure) => !isRefused(failure)) ?? failures.at(-1);
  if (told === undefined) throw new Error('a round without candidates has no failure to tell');
  return told;
}

/** Milliseconds until the first of the upstreams wants to be asked again, if one of them said so. */
function shortestAsked(failures: readonly AttemptError[]): number | undefined {
  const again = failures.filter((failure) => classify(failure).again);
  if (again.some(({ retryAfter }) => retryAfter === undefined)) return undefined;
  return Math.min(...again.map(({ retryAfter }) => (retryAfter ?? 0) * 1_000));
}

const tooLong = (told: AttemptError, asked: number): AttemptError => {
  const { body: _, format: __, ...rest } = told;
  return told.status === 429 ? told : { ...rest, status: 429, retryAfter: Math.ceil(asked / 1_000) };
};

/** Whether the whole time has passed. */
function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, () => finish(true));
    const onAbort = () => finish(false);
    signal.addEventListener('abort', onAbort, { once: true });
    function finish(passed: boolean): void {
      stop();
      signal.removeEventListener('abort', onAbort);
      resolve(passed);
    }
  });
}
