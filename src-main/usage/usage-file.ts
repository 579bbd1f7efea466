// The file in which earlier versions kept usage by the hour. It is read once and then removed.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import { JsonFile, type UnreadableFile } from '../lib/files/json-file.ts';
import type { EarlierUsage } from '../storage/usage-hours.ts';

const numbers = ['hour', 'requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;
const names = ['api', 'model', 'source'] as const;

/** Undefined when there is none. `api` of its hours is a client key in clear, or method and path. */
export async function readUsageFile(
  file: string,
  onUnreadable: (file: UnreadableFile) => void,
): Promise<EarlierUsage | undefined> {
  const document = await new JsonFile(file, onUnreadable).read();
  if (document === undefined) return undefined;
  const { keep, hours } = (document ?? {}) as { readonly keep?: unknown; readonly hours?: unknown };
  return {
    digest: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    kept: keep !== false,
    hours: Array.isArray(hours) ? hours.flatMap(hourIn) : [],
  };
}

/** It holds client keys in clear. */
export const removeUsageFile = (file: string): Promise<void> => rm(file, { force: true });

function hourIn(value: Partial<UsageHour> | null): readonly UsageHour[] {
  if (value === null || typeof value !== 'object') return [];
  if (!numbers.every((name) => Number.isSafeInteger(value[name]))) return [];
  if (!names.every((name) => typeof value[name] === 'string')) return [];
  const { hour, api, model, source, requests, failed, input, output, reasoning, cached, total } = value as UsageHour;
  // The oldest files do not have it.
  const last = Number.isSafeInteger(value.last) ? (value.last as number) : hour;
  return [{ hour, api, model, source, last, requests, failed, input, output, reasoning, cached, total }];
}
