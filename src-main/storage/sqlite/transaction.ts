import type { DatabaseSync } from 'node:sqlite';

/** All of what `task` changes, or nothing. It waits for other programs at the beginning, never in the middle. */
export function inTransaction<Result>(database: DatabaseSync, task: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = task();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk or a damaged file has ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
