// What the name of a model says about thinking; it wins over the request itself.
import type { Effort } from '../../../../src-shared/model-facts.ts';
import type { Request, Thinking } from '../request.ts';

export interface ThinkingOverride {
  readonly effort?: Effort;
  /** Tokens; 0: none, -1: as the model sees fit. */
  readonly budget?: number;
  readonly includeThoughts?: boolean;
}

export function withThinkingOverride(request: Request, override: ThinkingOverride | undefined): Request {
  return override === undefined ? request : { ...request, thinking: thinkingOf(override) };
}

function thinkingOf({ effort, budget, includeThoughts }: ThinkingOverride): Thinking {
  const show = includeThoughts === undefined ? {} : { show: includeThoughts };
  if (effort !== undefined) return effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort, ...show };
  return budget === undefined || budget === 0 ? { mode: 'off' } : { mode: 'budget', budget, ...show };
}
