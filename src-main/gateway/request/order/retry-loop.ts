// Asks one candidate after the other until one answers, in rounds.
import type { Clock } from '../../../lib/time/clock.ts';
import { delay } from '../../../lib/time/delay.ts';
import type { AttemptError } from '../../model/errors/attempt-error.ts';
import { classify, effectiveStatus } from '../../routing/classify.ts';
import type { RoutedCandidate } from '../../routing/route/routed-candidate.ts';

/** How one attempt ended. `answered`: the client has its response, complete or broken off. */
export type AttemptResult = { readonly answered: true } | { readonly answered: false; readonly error: AttemptError };

/** A candidate with a place within its bounds, or why there is none. */
export type Taken =
  | { readonly candidate: RoutedCandidate; readonly release: () => void }
  | { readonly error: AttemptError };

export interface RetryOptions {
  /** In the order in which they are tried. */
  readonly candidates: readonly RoutedCandidate[];
  /** Further rounds after the first in which a candidate is asked. */
  readonly retriesOf: (candidate: RoutedCandidate) => number;
  /** How many credentials are asked in a round at most; 0: all. */
  readonly maxCredentials: number;
  /** Between rounds. */
  readonly maxDelayMs: number;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Ends the delay. */
  readonly signal: AbortSignal;
  /** One of those that are left in the round, the first that has room. May wait. */
  readonly take: (left: readonly RoutedCandidate[]) => Taken | Promise<Taken>;
  readonly attempt: (candidate: RoutedCandidate) => Promise<AttemptResult>;
  /** Makes a new access token; whether it could. */
  readonly refresh: (candidate: RoutedCandidate) => Promise<boolean>;
  readonly onAttemptError: (candidate: RoutedCandidate, error: AttemptError) => void;
  /** Which candidates come after an error, of those that are left in the round; undefined: nobody else is asked. */
  readonly after: (
    candidate: RoutedCandidate,
    error: AttemptError,
    left: readonly RoutedCandidate[],
  ) => readonly RoutedCandidate[] | undefined;
}

const firstDelayMs = 250;

/** Undefined when a client got its response (or left), else the error to report. */
export async function retryUntilAnswered(options: RetryOptions): Promise<AttemptError | undefined> {
  const { candidates, retriesOf, maxDelayMs, clock, random, signal } = options;
  const inRound = (all: readonly RoutedCandidate[], round: number) =>
    round === 0 ? all : all.filter((candidate) => retriesOf(candidate) >= round);
  for (let round = 0; ; round++) {
    const outcome = await runRound(options, inRound(candidates, round));
    if (outcome === 'answered' || signal.aborted) return undefined;
    const { failures, stopped } = outcome;
    const errors = failures.map(({ error }) => error);
    const error = errorToReport(failures);
    const hasNext = inRound(candidates, round + 1).length > 0;
    if (stopped || !hasNext || !errors.some((one) => classify(one).again)) return error;
    const askedMs = shortestAskedMs(errors);
    if (askedMs !== undefined && askedMs > maxDelayMs) return asQuotaError(error, askedMs);
    const jitter = 1 + (random() * 2 - 1) * 0.1;
    const backoffMs = Math.min(firstDelayMs * 2 ** round, Math.max(maxDelayMs, firstDelayMs)) * jitter;
    try {
      await delay(clock, signal, Math.max(askedMs ?? 0, backoffMs));
    } catch (thrown) {
      if (signal.aborted) return undefined;
      throw thrown;
    }
  }
}

interface Failure {
  readonly element: RoutedCandidate['element'] | undefined;
  readonly error: AttemptError;
}

interface Round {
  readonly failures: readonly Failure[];
  readonly stopped: boolean;
}

async function runRound(options: RetryOptions, all: readonly RoutedCandidate[]): Promise<'answered' | Round> {
  const { signal, maxCredentials } = options;
  const failures: Failure[] = [];
  const asked = new Set<string>();
  let left = all;
  while (left.length > 0) {
    const taken = await options.take(left);
    if ('error' in taken) {
      if (signal.aborted) return 'answered';
      return { failures: [...failures, { element: undefined, error: taken.error }], stopped: true };
    }
    const { candidate, release } = taken;
    let result: AttemptResult;
    try {
      if (signal.aborted) return 'answered';
      result = await attemptWithRefresh(options, candidate);
    } finally {
      release();
    }
    if (result.answered || signal.aborted) return 'answered';
    const { error } = result;
    failures.push({ element: candidate.element, error });
    options.onAttemptError(candidate, error);
    const others = left.filter((other) => other !== candidate);
    const next = options.after(candidate, error, others);
    if (next === undefined) return { failures, stopped: true };
    asked.add(candidate.credential.id);
    const isFull = maxCredentials > 0 && asked.size >= maxCredentials;
    left = isFull ? next.filter(({ credential }) => asked.has(credential.id)) : next;
  }
  return { failures, stopped: false };
}

/** After a 401 an account gets a new token and one more chance. */
async function attemptWithRefresh(options: RetryOptions, candidate: RoutedCandidate): Promise<AttemptResult> {
  const result = await options.attempt(candidate);
  if (result.answered || candidate.credential.account === undefined) return result;
  const { refresh } = classify(result.error);
  if (!refresh || options.signal.aborted || !(await options.refresh(candidate))) return result;
  return options.attempt(candidate);
}

const isRejected = (error: AttemptError) => [401, 402, 403].includes(effectiveStatus(error));

/** The last error of the element that was tried last, but rather one that is not about our own keys. */
function errorToReport(failures: readonly Failure[]): AttemptError {
  const last = failures.at(-1);
  if (last === undefined) throw new Error('a round without candidates has no error to report');
  const errors = failures.filter(({ element }) => element === last.element).map(({ error }) => error);
  return errors.findLast((one) => !isRejected(one)) ?? last.error;
}

/** Until the first of the upstreams wants to be asked again, if all of them said so. */
function shortestAskedMs(errors: readonly AttemptError[]): number | undefined {
  const again = errors.filter((error) => classify(error).again);
  if (again.some(({ retryAfter }) => retryAfter === undefined)) return undefined;
  return Math.min(...again.map(({ retryAfter }) => (retryAfter ?? 0) * 1_000));
}

/** For a client that would have to wait longer than it is kept waiting here. */
function asQuotaError(error: AttemptError, askedMs: number): AttemptError {
  if (error.status === 429) return error;
  const { body: _, bodyFamily: __, ...kept } = error;
  return { ...kept, status: 429, retryAfter: Math.ceil(askedMs / 1_000) };
}
