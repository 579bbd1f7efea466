// What an error of the client says of the database: that it is away, or that this one statement failed.
import { Problem } from '../../../src-shared/problem.ts';

/** Classes of SQLSTATE: connection, resources, operator's intervention. */
const awayClasses = ['08', '53', '57P'];
const readOnly = '25006';
const diskFull = '53100';
const systemCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'],
]);
/** Errors that the client makes itself have no code. */
const awayMessages = [
  'Query read timeout',
  'timeout expired',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
];

/** Whether nothing can be asked of the database at present. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (code === diskFull) return false;
  if (code === readOnly || systemCodes.has(code) || awayClasses.some((start) => code.startsWith(start))) return true;
  return awayMessages.some((start) => message.startsWith(start));
}

/** Why it is away, without what an address or a statement holds. */
export function reasonOf(error: unknown): string {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (code === readOnly) return 'it takes no writes';
  if (code.startsWith('53')) return 'it has no connection left';
  if (code.startsWith('57P')) return 'it is starting or stopping';
  if (systemCodes.has(code)) return `nobody answers (${code})`;
  return /timeout/i.test(message) ? 'it does not answer in time' : 'the connection broke';
}

/** For people who wanted something written or read. */
export const databaseAway = (
  sentence = 'The database does not answer at present. Try again in a moment.',
  cause?: unknown,
): Problem => new Problem('database_away', sentence, { cause });

/** What a failed statement means to whoever asked. Other errors stay as they are. */
export function problemOf(error: unknown): unknown {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (error instanceof Problem) return error;
  if (code === diskFull) return databaseAway('The database is full. Nothing was saved.', error);
  if (code === '57014') return databaseAway('The database took too long. Ask for less, such as a shorter time.', error);
  if (code === '55P03' || message.startsWith('timeout exceeded when trying to connect'))
    return databaseAway('The database is too busy at present. Try again in a moment.', error);
  return isAway(error) ? databaseAway(undefined, error) : error;
}
