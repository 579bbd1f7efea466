// How efforts in words, thinking budgets in tokens and levels of a model family translate into each other.
import { type Effort, efforts } from '../../../../src-shared/model-facts.ts';
import type { ModelFacts } from '../../../models/model-facts.ts';
import type { DroppedFields } from '../dropped-fields.ts';
import type { Thinking } from '../request.ts';

/** Tokens of thinking per effort; what later versions of CLIProxyAPI use as well. `max`: the model's own limit. */
export const effortBudgets: Readonly<Record<Exclude<Effort, 'max'>, number>> = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 32_768,
};

const maxBudget = 128_000;

/** What every model takes that is told efforts at all. */
const commonEfforts: readonly Effort[] = ['low', 'medium', 'high'];

export const isEffort = (value: unknown): value is Effort => efforts.some((effort) => effort === value);

/** Tokens for an effort, within the model's range when that is known. */
export function budgetOf(thinking: Thinking, range: ModelFacts['thinkingBudget']): number | undefined {
  const asked =
    thinking.budget ?? (thinking.effort === 'max' ? maxBudget : thinking.effort && effortBudgets[thinking.effort]);
  if (asked === undefined) return undefined;
  return range ? Math.min(Math.max(asked, range.min), range.max) : asked;
}

/** The smallest effort whose budget reaches the value asked for. */
export function effortOf(thinking: Thinking): Effort | undefined {
  if (thinking.mode === 'off') return 'none';
  if (thinking.effort) return thinking.effort;
  const { budget } = thinking;
  if (budget === undefined || budget < 0) return undefined;
  return efforts.find((effort) => effort !== 'max' && effortBudgets[effort] >= budget) ?? 'xhigh';
}

/** The nearest of the efforts a model takes; ties go down, so that nobody pays for more than asked. */
export function nearestEffort(effort: Effort, known: readonly Effort[]): Effort | undefined {
  const asked = efforts.indexOf(effort);
  const ranked = known
    .map((one) => ({ effort: one, step: efforts.indexOf(one) }))
    .sort((one, other) => Math.abs(one.step - asked) - Math.abs(other.step - asked) || one.step - other.step);
  return ranked[0]?.effort;
}

/**
 * The effort to tell a model; undefined when it is to be told none. Of a model of which no efforts are known only
 * those are expected that all take, and not that its thinking can be switched off.
 */
export function effortFor(thinking: Thinking, facts: ModelFacts, dropped: DroppedFields): Effort | undefined {
  const effort = effortOf(thinking);
  if (effort === undefined) return undefined;
  const { reasoning, efforts: known } = facts;
  if (reasoning === false || known?.length === 0) {
    if (effort !== 'none' || reasoning !== false)
      dropped.add('info', 'reasoning_effort', 'this model is not told how much to think');
    return undefined;
  }
  if (known !== undefined) return nearestEffort(effort, known);
  if (effort !== 'none') return nearestEffort(effort, commonEfforts);
  if (facts.thinkingBudget?.zero) return 'none';
  const reason = 'switching reasoning off is not known to work with this model and was left out';
  dropped.add('info', 'reasoning_effort', reason);
  return undefined;
}

/** Thinking from an effort word. */
export const thinkingFromEffort = (effort: Effort): Thinking =>
  effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort };
