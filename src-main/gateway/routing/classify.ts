// What an upstream's error means for the request, the credential and the model. One table, no code elsewhere.
import type { AttemptError } from '../model/errors/attempt-error.ts';

export interface Classification {
  /** `stop`: the request itself is wrong, nobody else is asked. `other`: another credential may answer. */
  readonly next: 'stop' | 'other';
  /** Whether a further round may ask again. */
  readonly again: boolean;
  /** `hard`: left out until the time is over; `soft`: tried last. */
  readonly cooldown: 'hard' | 'soft' | 'none';
  /** How long in milliseconds; `asked`: what the upstream asks for, else doubling. */
  readonly duration: number | 'asked';
  /** A new access token may help. */
  readonly refresh: boolean;
}

const second = 1_000;
const minute = 60 * second;

const stop: Classification = { next: 'stop', again: false, cooldown: 'none', duration: 0, refresh: false };
const rejected: Classification = {
  next: 'other',
  again: false,
  cooldown: 'hard',
  duration: 30 * minute,
  refresh: false,
};
const unavailable: Classification = { next: 'other', again: true, cooldown: 'soft', duration: minute, refresh: false };

const table: Readonly<Record<number, Classification>> = {
  401: { ...rejected, refresh: true },
  402: rejected,
  403: { ...rejected, again: true },
  408: unavailable,
  429: { next: 'other', again: true, cooldown: 'hard', duration: 'asked', refresh: false },
  500: unavailable,
  502: unavailable,
  503: unavailable,
  504: unavailable,
  529: unavailable,
};

const network: Classification = { ...unavailable, duration: 10 * second };
/** Statuses nobody has documented: another server may do better. */
const otherServerError: Classification = { ...unavailable, again: false };

/** The status by which an error is dealt with: some providers refuse an account as if the request were wrong. */
export const effectiveStatus = ({ status, refusal }: AttemptError): number => refusal?.as ?? status;

export function classify(error: AttemptError): Classification {
  if (error.isOurs) return stop;
  if (error.isNetwork) return network;
  const status = effectiveStatus(error);
  const usual = table[status] ?? (status >= 500 ? otherServerError : stop);
  const { cooldownMs } = error.refusal ?? {};
  return cooldownMs === undefined ? usual : { ...usual, duration: cooldownMs };
}
