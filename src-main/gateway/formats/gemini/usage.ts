// Token counts of the Gemini format: thoughts are counted beside the candidates.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { Usage } from '../../model/events.ts';
import { defined, numberOf } from '../../model/json.ts';
import { inclusiveUsage, totals } from '../shared/usage.ts';
import { field } from './spelling.ts';

export function geminiUsage(metadata: unknown): Partial<Usage> | undefined {
  if (!isObject(metadata)) return undefined;
  const number = (name: string): number => numberOf(field(metadata, name)) ?? 0;
  const reasoning = number('thoughtsTokenCount');
  return inclusiveUsage(number('promptTokenCount') + number('toolUsePromptTokenCount'), {
    cacheRead: number('cachedContentTokenCount'),
    output: number('candidatesTokenCount') + reasoning,
    reasoning,
  });
}

export function toGeminiUsage(usage: Partial<Usage>): JsonObject {
  const { input, output, total, cacheRead, reasoning } = totals(usage);
  return defined({
    promptTokenCount: input,
    cachedContentTokenCount: cacheRead || undefined,
    candidatesTokenCount: Math.max(output - reasoning, 0),
    thoughtsTokenCount: reasoning || undefined,
    totalTokenCount: total,
  });
}
