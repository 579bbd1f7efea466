/** How likely a token was at its place: the natural logarithm of its probability. */
export interface TokenProbability {
  readonly token: string;
  readonly logprob: number;
  /** The token's bytes, where the service tells them. */
  readonly bytes?: readonly number[];
}

/** The token that was chosen, and the likeliest at its place. */
export interface LogProbability extends TokenProbability {
  readonly top: readonly TokenProbability[];
}
