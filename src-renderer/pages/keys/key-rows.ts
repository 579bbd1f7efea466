// The rows of the list of client keys: each key with its policy, its limits and what it was used for.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import type { ClientUse } from '../../../src-shared/contract/client-policies.ts';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { anyKey, expiryOf } from '../../../src-shared/policy-terms.ts';
import { maskKey } from '../../components/mask.ts';
import { since, sum } from '../../state/usage.ts';
import { fullest, type LimitUse, levelOf } from './limit-use.ts';

export interface KeyRow {
  readonly entry: ClientKey;
  /** The label, else the name in the policy, else the masked key. */
  readonly name: string;
  /** The key's own policy, else that of all other keys. */
  readonly policy: ClientPolicy | undefined;
  readonly limits: readonly LimitUse[];
  readonly fullest: LimitUse | undefined;
  readonly status: 'reached' | 'high' | 'ok' | 'expired';
  /** Milliseconds; undefined for a key that never ends. */
  readonly expiresAt: number | undefined;
  /** In the last seven days. */
  readonly requests: number;
  /** US dollars of the last seven days; null: not known. */
  readonly usd: number | null;
  /** Milliseconds; 0: never. */
  readonly lastUsed: number;
}

interface Sources {
  readonly keys: readonly ClientKey[];
  readonly policies: readonly ClientPolicy[];
  readonly uses: readonly ClientUse[];
  readonly hours: readonly UsageHour[];
  /** US dollars by `key_id`. */
  readonly costs: ReadonlyMap<string, number | null>;
}

const weekMs = 7 * 86_400_000;
const order = { reached: 0, high: 1, ok: 2, expired: 3 } as const;

export const policyOf = (policies: readonly ClientPolicy[], key: string): ClientPolicy | undefined =>
  policies.find((policy) => policy['api-key'] === key) ?? policies.find((policy) => policy['api-key'] === anyKey);

/** Trouble first, then by last use; those that have expired come last. */
export function keyRows({ keys, policies, uses, hours, costs }: Sources, now: number): readonly KeyRow[] {
  const usage = Map.groupBy(hours, ({ api }) => api);
  const rows = keys.map((entry): KeyRow => {
    const policy = policyOf(policies, entry.key);
    const limits = uses.find(({ key_id }) => key_id === entry.key_id)?.limits ?? [];
    const own = usage.get(entry.key) ?? [];
    const expiresAt = policy?.expires === undefined ? undefined : expiryOf(policy.expires);
    const full = fullest(limits);
    const level = full === undefined ? 'ok' : levelOf(full);
    const policyName = policy?.['api-key'] === entry.key ? policy.name : undefined;
    return {
      entry,
      name: entry.label || policyName || maskKey(entry.key),
      policy,
      limits,
      fullest: full,
      status: expiresAt !== undefined && expiresAt <= now ? 'expired' : level === 'old' ? 'ok' : level,
      expiresAt,
      requests: sum(since(own, now - weekMs)).requests,
      usd: costs.get(entry.key_id) ?? (costs.size === 0 ? null : 0),
      lastUsed: own.reduce((latest, { last }) => Math.max(latest, last * 1000), 0),
    };
  });
  return rows.toSorted((a, b) => order[a.status] - order[b.status] || b.lastUsed - a.lastUsed);
}
