// Reads a usage export: checks it, and finds which of its details are new.
import type { UsageDetail, UsageStatistics } from '../../src-shared/contract/usage.ts';
import { usageImport } from '../../src-shared/contract/usage.ts';
import { Problem } from '../../src-shared/problem.ts';
import { isMasked, mask } from '../lib/mask.ts';
import { parseRfc3339 } from '../lib/time/local-time.ts';
import { type Counted, withTotal } from './counters.ts';

/** All details of an export, oldest first. Throws Problem `invalid_usage` naming the place of the first error. */
export function readUsageExport(document: unknown): readonly Counted[] {
  const parsed = usageImport.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.path ?? [], issue?.message ?? '');
  }
  const timed = Object.entries(parsed.data.usage.apis).flatMap(([api, { models }]) =>
    Object.entries(models).flatMap(([model, { details }]) => {
      // Details are in order of completion, which may differ from the order of their start times.
      let latest = Number.NEGATIVE_INFINITY;
      return details.map((detail, index) => {
        const timestamp = parseRfc3339(detail.timestamp);
        if (timestamp === undefined) {
          const place = ['usage', 'apis', api, 'models', model, 'details', index, 'timestamp'];
          throw invalid(place, 'a time such as 2026-01-31T09:05:00Z is needed');
        }
        latest = Math.max(latest, timestamp);
        return { arrival: latest, counted: { api, model, timestamp, detail: masked(detail) } };
      });
    }),
  );
  return timed.sort((a, b) => a.arrival - b.arrival).map(({ counted }) => counted);
}

/** The details that `present` does not have; one that it has twice is skipped twice. */
export function newDetails(details: readonly Counted[], present: UsageStatistics): readonly Counted[] {
  const known = new Map<string, number>();
  for (const [api, { models }] of Object.entries(present.apis)) {
    for (const [model, { details }] of Object.entries(models)) {
      for (const detail of details) {
        const key = identity(api, model, parseRfc3339(detail.timestamp) ?? 0, detail);
        known.set(key, (known.get(key) ?? 0) + 1);
      }
    }
  }
  return details.filter(({ api, model, timestamp, detail }) => {
    const key = identity(api, model, timestamp, detail);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
}

function identity(api: string, model: string, timestamp: number, { source, tokens, failed }: UsageDetail): string {
  const { input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens } = tokens;
  const counts = [input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens];
  return JSON.stringify([api, model, timestamp, source, failed, ...counts]);
}

const masked = (detail: UsageDetail): UsageDetail => ({
  timestamp: detail.timestamp,
  source: isMasked(detail.source) ? detail.source : mask(detail.source),
  tokens: withTotal(detail.tokens),
  failed: detail.failed,
});

function invalid(place: readonly PropertyKey[], what: string): Problem {
  // The third step names a client key.
  const steps = place.map((step, index) => (index === 2 && place[1] === 'apis' ? mask(String(step)) : step));
  const where = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return new Problem('invalid_usage', `This is not a usage export: ${where.slice(1) || 'the document'}: ${what}`);
}
