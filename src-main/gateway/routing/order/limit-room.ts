// What is known of how much a credential may still be asked.

/** One window of an account's or key's limits, as upstreams tell it. */
export interface LimitWindow {
  /** From 0 to 1. */
  readonly used: number;
  /** Milliseconds since the epoch; undefined when it is not known. */
  readonly resetsAt: number | undefined;
  readonly isReached: boolean;
  /** The model that it is for; undefined: all. */
  readonly model: string | undefined;
}

/** Where the windows come from. */
export interface LimitSource {
  /** By credential id; empty when nothing is known. */
  windowsOf(credentialId: string): readonly LimitWindow[];
}

export type LimitRoom =
  | { readonly kind: 'unknown' | 'full' }
  /** `resetsAt`: when the fullest window renews, in milliseconds since the epoch. */
  | { readonly kind: 'room'; readonly resetsAt: number | undefined };

/** The room that windows leave for a model. `now` in milliseconds since the epoch. */
export function limitRoomOf(windows: readonly LimitWindow[], model: string, now: number): LimitRoom {
  let fullest: { readonly used: number; readonly resetsAt: number | undefined } | undefined;
  for (const window of windows) {
    if (window.model !== undefined && window.model !== model) continue;
    const isRenewed = window.resetsAt !== undefined && window.resetsAt <= now;
    if (!isRenewed && (window.isReached || window.used >= 1)) return { kind: 'full' };
    const present = isRenewed ? { used: 0, resetsAt: undefined } : window;
    if (fullest === undefined || present.used > fullest.used) fullest = present;
  }
  return fullest === undefined ? { kind: 'unknown' } : { kind: 'room', resetsAt: fullest.resetsAt };
}
