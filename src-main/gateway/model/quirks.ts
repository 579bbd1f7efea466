// How an upstream differs from its format's documentation. Plain data.

export interface Quirks {
  /** Chat: the name of the token limit. Compatible servers often know only the old one. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Chat: ask for usage in streams (`stream_options.include_usage`). */
  readonly streamUsage: boolean;
  /** Chat: send earlier reasoning back as `reasoning_content`; undefined: as the model is known to want it. */
  readonly reasoningHistory?: boolean;
  /** Free-form tools are native; else they are wrapped as functions. */
  readonly customTools: boolean;
  /** Translate in spite of dropped fields that are fatal. */
  readonly lossy: boolean;
}

export const defaultQuirks: Quirks = {
  maxTokensField: 'max_tokens',
  streamUsage: true,
  customTools: false,
  lossy: false,
};
