// Parses a config text to its tree and plain values, and caches the last results.
import { parseDocument } from './document.ts';
import { configType, type FieldType } from './field-type.ts';
import { rejectUnsafeLayout } from './layout.ts';
import type { Document } from './nodes.ts';
import { type Fields, readDocument } from './read-value.ts';

export interface Parsed {
  readonly document: Document;
  readonly type: FieldType;
  /** Shared by all readers of the text: must not be changed. */
  readonly fields: Fields;
}

/** A write reads the old text, verifies the new one and then loads it: two texts, each parsed on request twice. */
const recent: Parsed[] = [];

/**
 * A document of this type, the config by default.
 * @throws ConfigError
 */
export function parseConfig(text: string, type: FieldType = configType): Parsed {
  const known = recent.find((parsed) => parsed.document.text === text && parsed.type === type);
  if (known !== undefined) return known;
  const document = parseDocument(text);
  if (type === configType) rejectUnsafeLayout(document);
  const parsed = { document, type, fields: readDocument(document, type) };
  recent.unshift(parsed);
  recent.length = Math.min(recent.length, 2);
  return parsed;
}
