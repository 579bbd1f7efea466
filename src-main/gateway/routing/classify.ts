// What an upstream's failure means for the request, the credential and the model. One table, no code elsewhere.
import type { AttemptError } from '../model/attempt-error.ts';

export interface Classification {
  /** `stop`: the request itself is at fault, nobody else is asked. `other`: another credential may answer. */
  readonly next: 'stop' | 'other';
  /** Whether a further round may ask again. */
  readonly again: boolean;
  /** `hard`: left out until the time is over; `soft`: tried last. */
  readonly rest: 'hard' | 'soft' | 'none';
  /** How long in milliseconds; `asked`: what the upstream asks for, else doubling. */
  readonly for: number | 'asked';
  /** A new access token may help. */
  readonly refresh: boolean;
}

const second = 1_000;
const minute = 60 * second;

const stop: Classification = { next: 'stop', again: false, rest: 'none', for: 0, refresh: false };
const refused: Classification = { next: 'other', again: false, rest: 'hard', for: 30 * minute, refresh: false };
const broken: Classification = { next: 'other', again: true, rest: 'soft', for: minute, refresh: false };

const table: Readonly<Record<number, Classification>> = {
  401: { ...refused, refresh: true },
  402: refused,
  403: { ...refused, again: true },
  408: broken,
  429: { next: 'other', again: true, rest: 'hard', for: 'asked', refresh: false },
  500: broken,
  502: broken,
  503: broken,
  504: broken,
  529: broken,
};

const network: Classification = { ...broken, for: 10 * second };
/** Statuses nobody has documented: what is the server's fault may be better elsewhere. */
const otherServerFault: Classification = { ...broken, again: false };

export function classify({ status, isNetwork }: AttemptError): Classification {
  if (isNetwork) return network;
  return table[status] ?? (status >= 500 ? otherServerFault : stop);
}
