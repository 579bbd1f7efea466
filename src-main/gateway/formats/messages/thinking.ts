// How much a Messages model is told to think, and what that does to the token limit.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Effort } from '../../../../src-shared/model-facts.ts';
import type { ModelFacts } from '../../../models/model-facts.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { defined } from '../../model/json.ts';
import { budgetOf, effortOf, nearestEffort } from '../../model/reasoning/effort.ts';
import type { Request } from '../../model/request.ts';
import type { Target } from '../format.ts';

/** The least the service accepts. */
const minimalBudget = 1024;

/** What models take that choose their budget themselves. */
const adaptiveEfforts: readonly Effort[] = ['low', 'medium', 'high', 'max'];

export interface ThinkingPlan {
  readonly thinking?: JsonObject;
  /** `output_config.effort`. */
  readonly effort?: string;
  readonly maxTokens: number;
}

export function planThinking(
  request: Request,
  maxTokens: number,
  { facts }: Pick<Target, 'facts'>,
  dropped: DroppedFields,
): ThinkingPlan {
  const { thinking } = request;
  if (thinking === undefined) return { maxTokens };
  if (facts.reasoning === false) {
    if (thinking.mode !== 'off') dropped.add('info', 'thinking', 'this model does not think');
    return { maxTokens };
  }
  if (thinking.mode === 'off') return thinkingOff(facts, maxTokens, dropped);
  if (lacksSignedStart(request)) {
    dropped.add(
      'warn',
      'thinking',
      'switched off for this request: the reasoning before the last tool calls is not known here',
    );
    return { maxTokens };
  }
  if (facts.adaptiveThinking) {
    const effort = effortOf(thinking);
    const word = effort && nearestEffort(effort, facts.efforts ?? adaptiveEfforts);
    return defined({ thinking: { type: 'adaptive' }, effort: word, maxTokens });
  }
  const range = facts.thinkingBudget;
  const asked = Math.max(
    budgetOf(thinking, range) ?? budgetOf({ mode: 'effort', effort: 'medium' }, range) ?? 0,
    minimalBudget,
  );
  // The limit counts thinking too: the response keeps the room the client asked for, as far as the model allows.
  const room =
    asked < maxTokens ? maxTokens : Math.min(asked + maxTokens, facts.outputTokens ?? Number.POSITIVE_INFINITY);
  const budget = Math.min(asked, room - 1);
  if (budget < minimalBudget) {
    dropped.add('warn', 'thinking', 'the token limit of the model leaves no room for it');
    return { maxTokens };
  }
  return { thinking: { type: 'enabled', budget_tokens: budget }, maxTokens: room };
}

/** Models that always think reject being told not to; they are asked for as little as they take. */
function thinkingOff(facts: ModelFacts, maxTokens: number, dropped: DroppedFields): ThinkingPlan {
  if (!facts.reasoningAlways) return { thinking: { type: 'disabled' }, maxTokens };
  dropped.add('info', 'thinking', 'this model always thinks; it is asked to think little');
  return defined({ effort: nearestEffort('none', facts.efforts ?? []), maxTokens });
}

/** The service demands that a turn whose tool results follow now begins with its signed thinking. */
function lacksSignedStart(request: Request): boolean {
  if (!request.turns.at(-1)?.parts.some((part) => part.kind === 'tool-result')) return false;
  const first = request.turns.at(-2)?.parts[0];
  return !(first?.kind === 'thinking' && first.signature?.issuer === 'anthropic');
}
