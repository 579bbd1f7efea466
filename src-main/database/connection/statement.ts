// One statement as the client takes it, and the ends of a transaction.
import type pg from 'pg';

/**
 * Begins a transaction that waits for rows which somebody else holds for less time than a silent server has until it
 * counts as away.
 */
export const begin = "begin; set local lock_timeout to '1200ms'";

/** `values` undefined: several statements in one text. `timeoutMs`: after so long without an answer it rejects. */
export function timed(
  { name, text }: { readonly name: string; readonly text: string },
  values: readonly unknown[] | undefined,
  timeoutMs: number,
): pg.QueryConfig {
  // The time limit is missing in the types of the client.
  const limit = { query_timeout: timeoutMs };
  return { name, text, ...(values && { values: [...values] }), ...limit };
}

export async function rollback(client: pg.PoolClient | undefined): Promise<void> {
  try {
    await client?.query('rollback');
    client?.release();
  } catch {
    client?.release(true);
  }
}
