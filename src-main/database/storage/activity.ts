// What each credential answered and refused, by pieces of time.
import type { ActivityQuery, CredentialActivity } from '../../storage/ledger.ts';
import { ActivityCounts } from '../../storage/request-groups.ts';
import { idBytesAt, idOfBytes } from '../../storage/request-id.ts';
import type { Database, Statement } from '../connection/database.ts';

const rowsAtOnce = 20_000;

const piece: Statement = {
  name: 'request_activity',
  text: `select id, started, detail, credential, status, outcome from requests where id > $1 order by id
    limit ${rowsAtOnce}`,
};

/** In no order. */
export async function activityOf(database: Database, query: ActivityQuery): Promise<readonly CredentialActivity[]> {
  const counts = new ActivityCounts(query);
  for (let after = idOfBytes(idBytesAt(query.from)); ; ) {
    const rows = await database.query('work', piece, [after]);
    for (const { started, detail, credential, status, outcome } of rows)
      counts.add({
        started: Number(started),
        detail: detail as string | null,
        credential: credential as string | null,
        status: status as number | null,
        outcome: outcome as string | null,
      });
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return counts.list();
    after = String(last.id);
  }
}
