// What is done to account files in their folder, with the documented words for what goes wrong.
import { lstatSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { privateMode, writeBeside } from '../lib/files/atomic-file.ts';
import { fileErrorSentence, isAbsent } from '../lib/files/file-errors.ts';
import { isJsonName } from '../lib/files/file-name.ts';
import { type FoundFile, findFile, readAuthFile } from './auth-file.ts';

/** Names of files and links that end in .json, unsorted. Throws the system error. */
export function jsonNames(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isJsonName(entry.name))
    .map((entry) => entry.name);
}

/** Like {@link readAuthFile}; throws Problem `file_read_failed`. */
export function readIn(folder: string, name: string): FoundFile | undefined {
  try {
    return readAuthFile(folder, name);
  } catch (error) {
    throw new Problem('file_read_failed', `failed to read file: ${reason(error)}`);
  }
}

/** Deletes a file, or a link itself. Throws Problem `file_not_found`, `file_write_failed`. */
export function unlinkIn(folder: string, name: string): void {
  const place = path.join(folder, name);
  try {
    if (lstatSync(place).isDirectory()) throw new Problem('file_not_found');
    unlinkSync(place);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (isAbsent(error)) throw new Problem('file_not_found');
    throw new Problem('file_write_failed', `failed to remove file: remove ${name}: ${reason(error)}`);
  }
}

/**
 * Replaces a file that is still as it was found; `false` when it is not. Nothing is awaited between the last check and
 * the rename. Throws Problem `file_write_failed`.
 */
export async function replaceUnchanged(folder: string, found: FoundFile, text: string): Promise<boolean> {
  const { name } = found.file;
  if (text === found.file.text) return true;
  let temporary: string;
  try {
    temporary = await writeBeside(found.target, text, { mode: privateMode });
  } catch (error) {
    // The whole folder has gone in the meantime: the next attempt says so.
    if (isAbsent(error)) return false;
    throw writeFailed(error, name);
  }
  try {
    const now = findFile(folder, name);
    if (now?.target === found.target && now.stamp === found.stamp) {
      renameSync(temporary, found.target);
      return true;
    }
    rmSync(temporary, { force: true });
    return false;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeFailed(error, name);
  }
}

/** The content as JSON, indented like the text it replaces. */
export function formatLike(text: string, content: Readonly<Record<string, unknown>>): string {
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1];
  return JSON.stringify(content, null, indent) + (text.endsWith('\n') ? '\n' : '');
}

export function readFailed(error: unknown, folder: string): Problem {
  return new Problem('file_read_failed', `failed to read auth dir: open ${folder}: ${reason(error)}`);
}

export function writeFailed(error: unknown, name: string): Problem {
  return new Problem('file_write_failed', `failed to write file: ${fileErrorSentence(error, name)}`);
}

/** The system's words without its code and call: `no such file or directory`. */
function reason(error: unknown): string {
  const { message } = error as Error;
  return /^[A-Z0-9_]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
