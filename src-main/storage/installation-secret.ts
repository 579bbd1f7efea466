// A secret of this installation: what is made with it stays the same over restarts and tells nothing outside.
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { privateMode, writeBesideSync } from '../lib/files/atomic-file.ts';
import { mkdirp } from '../lib/files/mkdirp.ts';

const secretBytes = 32;

export interface InstallationSecret {
  /** Hex digits that stand for a text; `purpose` keeps equal texts of different kinds apart. */
  digest(purpose: string, text: string, length: number): string;
}

/** The secret in `userDir`, made when there is none. Where it cannot be kept it holds for this run; `onUnkept` says why. */
export function installationSecret(userDir: string, onUnkept: (error: Error) => void): InstallationSecret {
  // A key of Node's own is ten times as fast as its bytes: lists of keys are digested whole.
  const secret = createSecretKey(keptSecret(path.join(userDir, 'installation-secret'), onUnkept));
  return {
    digest: (purpose, text, length) =>
      createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('hex').slice(0, length),
  };
}

function keptSecret(file: string, onUnkept: (error: Error) => void): Buffer {
  try {
    return read(file) ?? create(file);
  } catch (error) {
    onUnkept(error as Error);
    return randomBytes(secretBytes);
  }
}

function read(file: string): Buffer | undefined {
  try {
    const secret = Buffer.from(readFileSync(file, 'utf8'), 'hex');
    return secret.length === secretBytes ? secret : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of two programs that start together one makes it, and the other reads it. */
function create(file: string): Buffer {
  mkdirp(path.dirname(file));
  const secret = randomBytes(secretBytes);
  const made = writeBesideSync(file, Buffer.from(secret.toString('hex')), { mode: privateMode });
  try {
    linkSync(made, file);
    return secret;
  } catch {
    const other = read(file);
    if (other !== undefined) return other;
    // What stands in its place is no secret, or the file system has no links.
    renameSync(made, file);
    return secret;
  } finally {
    rmSync(made, { force: true });
  }
}
