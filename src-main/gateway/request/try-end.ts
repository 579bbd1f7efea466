// What a record says of an attempt.
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { TryEnd, TryOutcome } from '../records/request-observer.ts';
import type { AttemptOutcome } from './attempt.ts';

export const clientLeft: AttemptError = { status: 499, message: 'The client has left.' };

export function tryEnd(outcome: AttemptOutcome, signal: AbortSignal): Omit<TryEnd, 'ms'> {
  const error = outcome.answered ? outcome.interruption : outcome.error;
  if (signal.aborted) {
    const known = outcome.answered ? 'ok' : undefined;
    return { status: outcome.status ?? null, error: clientLeft.message, outcome: known };
  }
  const status = outcome.answered || outcome.error.isNetwork ? outcome.status : outcome.error.status;
  return { status: status ?? null, error: error?.message, outcome: error === undefined ? 'ok' : outcomeOf(error) };
}

function outcomeOf({ status, isNetwork }: AttemptError): TryOutcome {
  if (isNetwork) return status === 504 ? 'timeout' : 'network';
  if (status === 429) return '429';
  return status >= 500 ? '5xx' : '4xx';
}
