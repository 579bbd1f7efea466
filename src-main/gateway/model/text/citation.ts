// Where a part of an answer comes from.

/** A page of the web that a text is based on. */
export interface Citation {
  readonly url: string;
  readonly title?: string;
  /** What the page says. */
  readonly quote?: string;
  /** The part of the block's text, in characters; undefined: all of it. */
  readonly start?: number;
  readonly end?: number;
}

/** Each source once, in the order of their first citation. */
export const sourcesOf = (citations: readonly Citation[]): readonly Citation[] =>
  citations.filter(({ url }, at) => citations.findIndex((one) => one.url === url) === at);
