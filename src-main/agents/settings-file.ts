// One settings file of a tool as it is on disk: read whole, written whole, through symbolic links, with its mode.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { privateMode, removeLeftovers, writeBeside } from '../lib/files/atomic-file.ts';
import { fileErrorSentence, isAbsent } from '../lib/files/file-errors.ts';
import { mkdirp } from '../lib/files/mkdirp.ts';
import { renameOrWriteInPlace } from '../lib/files/mounted-file.ts';
import { resolveLinks } from '../lib/files/symbolic-links.ts';
import { invalidAt, markLength, type TextFormat } from './formats/format.ts';

export interface FoundFile {
  /** As named. */
  readonly file: string;
  /** Behind all symbolic links. */
  readonly target: string;
  /** `undefined` where there is no file. */
  readonly text: string | undefined;
  readonly mode: number;
}

const maxBytes = 8 * 1024 * 1024;
const ownerMayWrite = 0o200;

/** Of a text; `''` for no file. */
export const digestOf = (text: string | undefined): string =>
  text === undefined ? '' : createHash('sha256').update(text).digest('hex');

/** Throws Problem `agent_file_invalid` for what is no text file that can be written. */
export function readSettings(file: string): FoundFile {
  const target = resolveLinks(file);
  const refuse = (sentence: string, cause?: unknown) =>
    new Problem('agent_file_invalid', `${file}: ${sentence}`, { cause });
  try {
    const found = statSync(target);
    if (!found.isFile()) throw refuse('this is no file.');
    if (found.size > maxBytes) throw refuse('the file is larger than 8 MB.');
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(target));
    return { file, target, text, mode: found.mode & 0o777 };
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof TypeError) throw refuse('the file is not in UTF-8.', error);
    if (isAbsent(error)) return { file, target, text: undefined, mode: privateMode };
    throw refuse(`${fileErrorSentence(error, path.basename(file), 'read')}.`, error);
  }
}

/** Names the file before the place of a mistake in it. */
export function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** Throws Problem `agent_file_invalid` where the tool would not read the file, or its user has closed it to writing. */
export function requireUsable({ text, mode }: FoundFile, format: TextFormat): void {
  if (text === undefined) return;
  if ((mode & ownerMayWrite) === 0) throw new Problem('agent_file_invalid', 'the file is read-only.');
  if (markLength(text) > 0 && !format.acceptsMark) {
    const sentence = 'the file begins with a byte order mark, and the program does not read such files.';
    throw invalidAt(text, 0, sentence);
  }
}

/** The directories above `file` that do not exist, the outermost first. */
export function missingDirectories(file: string): readonly string[] {
  const missing: string[] = [];
  let directory = path.dirname(file);
  while (statSync(directory, { throwIfNoEntry: false }) === undefined && directory !== path.dirname(directory)) {
    missing.unshift(directory);
    directory = path.dirname(directory);
  }
  return missing;
}

/**
 * Writes `text` where `found` was read, or removes the file. Throws Problem `agent_file_changed` when somebody has
 * written it since, `file_write_failed` for what the system says.
 */
export async function writeSettings(found: FoundFile, text: string | undefined): Promise<void> {
  const { file, target, mode } = found;
  try {
    if (text === undefined) {
      requireUnchanged(found);
      rmSync(target, { force: true });
      return;
    }
    mkdirp(path.dirname(target));
    removeLeftovers(target);
    const temporary = await writeBeside(target, text, { mode });
    try {
      requireUnchanged(found);
      if (found.text === undefined) renameSync(temporary, target);
      else if (!renameOrWriteInPlace(temporary, target, Buffer.from(text))) rmSync(temporary, { force: true });
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('file_write_failed', `${file}: ${fileErrorSentence(error, path.basename(target))}.`, {
      cause: error,
    });
  }
}

function requireUnchanged({ file, text }: FoundFile): void {
  if (readSettings(file).text !== text)
    throw new Problem(
      'agent_file_changed',
      `${file} was written by another program just now. Look at the changes again.`,
    );
}

/** Removes directories that are empty again, the innermost first. */
export function removeEmptyDirectories(directories: readonly string[]): void {
  for (const directory of directories.toReversed()) {
    try {
      rmdirSync(directory);
    } catch {
      // Something else is in it by now, so it stays.
      return;
    }
  }
}
