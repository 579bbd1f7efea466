// The form of a client policy: what is typed, what it means, and what is written.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { expiryOf, type LimitMetric, type LimitPeriod, limitMetrics } from '../../../src-shared/policy-terms.ts';

export interface LimitDraft {
  readonly id: number;
  readonly count: number | string;
  readonly metric: LimitMetric;
  readonly per: LimitPeriod;
}

export interface PolicyDraft {
  readonly label: string;
  /** `''`: never. */
  readonly expires: string;
  readonly limits: readonly LimitDraft[];
  readonly models: readonly string[];
  readonly sources: readonly string[];
  /** `''`: as many as it likes. */
  readonly atOnce: number | string;
}

let lastId = 0;

export function newLimit(metric: LimitMetric = 'requests', per: LimitPeriod = 'day', count: number | string = '') {
  lastId += 1;
  return { id: lastId, count, metric, per };
}

export function toDraft(policy: ClientPolicy | undefined, label: string): PolicyDraft {
  return {
    label,
    expires: policy?.expires ?? '',
    limits: (policy?.limits ?? []).flatMap((limit) => {
      const metric = limitMetrics.find((name) => limit[name] !== undefined);
      return metric === undefined ? [] : [newLimit(metric, limit.per, limit[metric])];
    }),
    models: policy?.models ?? [],
    sources: policy?.sources ?? [],
    atOnce: policy?.['max-concurrent'] ?? '',
  };
}

type Fault = 'missing' | 'not-whole' | 'twice' | 'no-date';

export interface PolicyErrors {
  readonly expires?: Fault;
  /** By the id of the limit. */
  readonly limits: ReadonlyMap<number, Fault>;
}

function limitFault({ count, metric, per }: LimitDraft, before: readonly LimitDraft[]): Fault | undefined {
  const value = Number(count);
  if (String(count).trim() === '' || !(value >= 0)) return 'missing';
  if (metric !== 'cost' && !Number.isInteger(value)) return 'not-whole';
  return before.some((other) => other.metric === metric && other.per === per) ? 'twice' : undefined;
}

export function errorsOf(draft: PolicyDraft): PolicyErrors {
  const faults = draft.limits.flatMap((limit, index) => {
    const fault = limitFault(limit, draft.limits.slice(0, index));
    return fault === undefined ? [] : [[limit.id, fault] as const];
  });
  const isDate = draft.expires.trim() === '' || expiryOf(draft.expires) !== undefined;
  return { limits: new Map(faults), ...(!isDate && { expires: 'no-date' as const }) };
}

export const isValid = ({ limits, expires }: PolicyErrors): boolean => limits.size === 0 && expires === undefined;

const members = ['name', 'expires', 'limits', 'models', 'sources', 'max-concurrent'] as const;

/** The whole policy of a key. What the form does not know, such as `excluded-models`, stays as it was. */
export function toPolicy(key: string, draft: PolicyDraft, before: ClientPolicy | undefined): ClientPolicy {
  const kept = Object.entries(before ?? {}).filter(
    ([name]) => name !== 'api-key' && !(members as readonly string[]).includes(name),
  );
  const label = draft.label.trim();
  const expires = draft.expires.trim();
  return {
    'api-key': key,
    ...(label !== '' && { name: label }),
    ...(expires !== '' && { expires }),
    ...(draft.models.length > 0 && { models: [...draft.models] }),
    ...(draft.sources.length > 0 && { sources: [...draft.sources] }),
    ...(draft.limits.length > 0 && {
      limits: draft.limits.map(({ metric, count, per }) => ({ [metric]: Number(count), per })),
    }),
    ...(draft.atOnce !== '' && Number(draft.atOnce) > 0 && { 'max-concurrent': Number(draft.atOnce) }),
    ...Object.fromEntries(kept),
  };
}

/** Whether a policy says more than whose it is. One that does not is not written. */
export const restricts = (policy: ClientPolicy): boolean =>
  Object.keys(policy).some((name) => name !== 'api-key' && name !== 'name');
