// An error in a config text, with its place.
import { Problem } from '../../../src-shared/problem.ts';

/** `message` reads "line L, column C: sentence"; line and column start at 1. */
export class ConfigError extends Problem {
  readonly line: number;
  readonly column: number;

  /** @param offset of the fault in `text`. */
  constructor(text: string, offset: number, sentence: string) {
    const { line, column } = placeAt(text, offset);
    super('invalid_config', `line ${line}, column ${column}: ${sentence}`);
    this.line = line;
    this.column = column;
  }
}

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Line and column from 1, as editors count them: a byte order mark takes no column. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1]!.length + 1 };
}
