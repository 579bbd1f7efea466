// Errors of which it is known what the provider means by them.

/**
 * What a provider means by an error response, found by its status and a part of its text: providers change the rest of
 * their wording.
 */
export interface Refusal {
  readonly status: readonly number[];
  /** In lower case; the first that is in the body will do. `''`: whatever it says. */
  readonly says: readonly string[];
  /** For people: what happened and what to do. */
  readonly sentence: string;
  /**
   * As which status it is dealt with, where its own misleads: 401 brings a new token, 403 leaves the account out and
   * asks another, 402 the same and without asking again for this request. Default: its own.
   */
  readonly as?: 401 | 402 | 403 | 429;
  /** How long the account is left out, where that is known. Milliseconds. */
  readonly cooldownMs?: number;
  /** Only a new sign-in helps. */
  readonly needsLogin?: true;
}
