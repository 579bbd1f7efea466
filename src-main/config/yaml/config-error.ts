// An error in a config text, with its position.
import { Problem, type TextPlace } from '../../../src-shared/problem.ts';

export class ConfigError extends Problem {
  declare readonly place: TextPlace;

  /** @param offset of the mistake in `text`. */
  constructor(text: string, offset: number, sentence: string) {
    super('invalid_config', sentence, { place: positionAt(text, offset) });
  }
}

/** Line and column from 1, as editors count them: a byte order mark takes no column. */
export function positionAt(text: string, offset: number): TextPlace {
  const before = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
