// Parses a config text to its tree and plain values, and caches the last results.
import { parseDocument } from './document.ts';
import { rejectUnsafeLayout } from './layout.ts';
import type { Document } from './nodes.ts';
import { type Fields, readDocument } from './read-value.ts';

export interface Parsed {
  readonly document: Document;
  /** Shared by all readers of the text: must not be changed. */
  readonly fields: Fields;
}

/** A write reads the old text, verifies the new one and then loads it: two texts, each parsed on request twice. */
const recent: Parsed[] = [];

/** @throws ConfigError */
export function parseConfig(text: string): Parsed {
  const known = recent.find((parsed) => parsed.document.text === text);
  if (known !== undefined) return known;
  const document = parseDocument(text);
  rejectUnsafeLayout(document);
  const parsed = { document, fields: readDocument(document) };
  recent.unshift(parsed);
  recent.length = Math.min(recent.length, 2);
  return parsed;
}
