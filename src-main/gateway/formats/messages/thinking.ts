// How much a Messages model is told to think, and what that does to the token limit.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { budgetOf, effortOf, nearestEffort } from '../../model/effort.ts';
import { defined } from '../../model/json.ts';
import type { Request } from '../../model/request.ts';
import type { Target } from '../format.ts';
import { choosesBudget, efforts } from './models.ts';

/** The least the service accepts. */
const minimalBudget = 1024;

export interface ThinkingPlan {
  readonly thinking?: JsonObject;
  /** `output_config.effort`. */
  readonly effort?: string;
  readonly maxTokens: number;
}

export function planThinking(
  request: Request,
  maxTokens: number,
  { model, limits }: Pick<Target, 'model' | 'limits'>,
  dropped: DroppedFields,
): ThinkingPlan {
  const { thinking } = request;
  if (thinking === undefined) return { maxTokens };
  if (thinking.mode === 'off') return { thinking: { type: 'disabled' }, maxTokens };
  if (lacksSignedStart(request)) {
    dropped.add(
      'warn',
      'thinking',
      'switched off for this request: the reasoning before the last tool calls is not known here',
    );
    return { maxTokens };
  }
  const levels = limits.thinking?.levels;
  const effort = effortOf(thinking);
  if (levels || choosesBudget(model) || (thinking.mode === 'adaptive' && limits.thinking?.dynamicAllowed)) {
    const word = effort && nearestEffort(effort, levels ?? efforts);
    return defined({ thinking: { type: 'adaptive' }, effort: word, maxTokens });
  }
  const override = Math.max(
    budgetOf(thinking, limits) ?? budgetOf({ mode: 'effort', effort: 'medium' }, limits) ?? 0,
    minimalBudget,
  );
  // The limit counts thinking too: the response keeps the room the client asked for, as far as the model allows.
  const room =
    override < maxTokens ? maxTokens : Math.min(override + maxTokens, limits.maxOutput ?? Number.POSITIVE_INFINITY);
  const budget = Math.min(override, room - 1);
  if (budget < minimalBudget) {
    dropped.add('warn', 'thinking', 'the token limit of the model leaves no room for it');
    return { maxTokens };
  }
  return { thinking: { type: 'enabled', budget_tokens: budget }, maxTokens: room };
}

/** The service demands that a turn whose tool results follow now begins with its signed thinking. */
function lacksSignedStart(request: Request): boolean {
  if (!request.turns.at(-1)?.parts.some((part) => part.kind === 'tool-result')) return false;
  const first = request.turns.at(-2)?.parts[0];
  return !(first?.kind === 'thinking' && first.signature?.issuer === 'anthropic');
}
