// What every client key used of its limits, as the management API shows it.
import type { ClientUse } from '../../../src-shared/contract/client-policies.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { mask } from '../../lib/mask.ts';
import type { ClientLimits } from './client-limits.ts';
import type { Client } from './clients.ts';

/** Throws Problem `unavailable` while the counters cannot be read. */
export async function clientUsage(clients: readonly Client[], limits: ClientLimits): Promise<readonly ClientUse[]> {
  const uses = await limits.use(clients).catch((error: unknown) => {
    throw new Problem('unavailable', `The limits cannot be read: ${(error as Error).message}`, { cause: error });
  });
  return clients.map((client, index) => ({
    key_id: client.id,
    key: mask(client.key ?? ''),
    name: client.name,
    expires: client.policy?.expires ?? null,
    running: limits.running(client),
    limits: (uses[index] ?? []).map(({ metric, used, limit, per, resetsAt }) => ({
      metric,
      used,
      limit,
      per,
      resets_at: new Date(resetsAt).toISOString(),
    })),
  }));
}
