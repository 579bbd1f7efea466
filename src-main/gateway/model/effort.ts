// How efforts in words, thinking budgets in tokens and levels of a model family translate into each other.
import type { ModelLimits } from './quirks.ts';
import type { Effort, Thinking } from './request.ts';

/** Tokens of thinking per effort; what the original's later versions use as well. `max`: the model's own limit. */
export const effortBudgets: Readonly<Record<Exclude<Effort, 'max'>, number>> = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 32_768,
};

const maxBudget = 128_000;

/** The order of steps, least first. */
const steps: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

const stepWords: readonly string[] = steps;

export const isEffort = (value: unknown): value is Effort => steps.some((step) => step === value);

/** Tokens for an effort, within the model's range when that is known. */
export function budgetOf(thinking: Thinking, limits: ModelLimits): number | undefined {
  const override =
    thinking.budget ?? (thinking.effort === 'max' ? maxBudget : thinking.effort && effortBudgets[thinking.effort]);
  if (override === undefined) return undefined;
  const range = limits.thinking;
  return range ? Math.min(Math.max(override, range.min), range.max) : override;
}

/** The smallest effort whose budget reaches the value asked for. */
export function effortOf(thinking: Thinking): Effort | undefined {
  if (thinking.mode === 'off') return 'none';
  if (thinking.effort) return thinking.effort;
  const { budget } = thinking;
  if (budget === undefined || budget < 0) return undefined;
  return steps.find((step) => step !== 'max' && effortBudgets[step] >= budget) ?? 'xhigh';
}

/** The nearest of the words a service knows; ties go down, so that nobody pays for more than asked. */
export function nearestEffort<Word extends string>(effort: Effort, known: readonly Word[]): Word | undefined {
  const override = steps.indexOf(effort);
  const ranked = known
    .map((word) => ({ word, step: stepWords.indexOf(word.toLowerCase()) }))
    .filter(({ step }) => step >= 0)
    .sort((one, other) => Math.abs(one.step - override) - Math.abs(other.step - override) || one.step - other.step);
  return ranked[0]?.word;
}

/** Thinking from an effort word. */
export const thinkingFromEffort = (effort: Effort): Thinking =>
  effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort };
