// Reads a typed config from YAML text.
import { type Config, configSchema } from '../../../src-shared/config.ts';
import type { TextPlace } from '../../../src-shared/problem.ts';
import { ConfigError, positionAt } from './config-error.ts';
import { nodeAt } from './read/node-at.ts';
import { parseConfig } from './read/parsed.ts';
import { formatPath, type Path } from './read/read-value.ts';

/**
 * The document with defaults filled in, nothing normalised. Only the first document of several counts.
 * @throws ConfigError, a Problem `invalid_config` that reads "line L, column C: key path: what is wrong."
 */
export function readConfig(text: string, schema = configSchema): Config {
  const { document, fields } = parseConfig(text);
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  throw new ConfigError(text, nearestStart(document, path), `${formatPath(path)}: ${issue.message}.`);
}

/** Where a value stands; where it is missing, what it is missing in. */
function nearestStart(document: Parameters<typeof nodeAt>[0], path: Path): number {
  const found = nodeAt(document, path)?.start;
  return found ?? (path.length === 0 ? 0 : nearestStart(document, path.slice(0, -1)));
}

/** Where the value of a key stands, or `undefined` where the text has no such key. @throws ConfigError */
export function placeOfKey(text: string, path: Path): TextPlace | undefined {
  const node = nodeAt(parseConfig(text).document, path);
  return node && positionAt(text, node.start);
}
