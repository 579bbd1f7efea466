// Paths to values of settings files. Items of lists are named by what they hold, since their places move.
import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import { deepEqual } from '../../config/yaml/values.ts';
import type { Path } from '../formats/format.ts';

/** A key of a mapping, or the first item of a list that has these fields. */
export type Step = string | { readonly find: JsonObject };
export type Steps = readonly Step[];

export interface Resolved {
  /** As far as the steps exist. */
  readonly path: Path;
  /** What stands there. */
  readonly value: unknown;
  /** How many of the steps exist. */
  readonly depth: number;
}

/** Walks the steps as far as they exist. */
export function resolve(document: JsonObject, steps: Steps): Resolved {
  let value: unknown = document;
  const path: (string | number)[] = [];
  for (const step of steps) {
    const key = keyOf(value, step);
    if (key === undefined) break;
    path.push(key);
    value = (value as Record<string | number, unknown>)[key];
  }
  return { path, value, depth: path.length };
}

function keyOf(value: unknown, step: Step): string | number | undefined {
  if (typeof step === 'string') return isObject(value) && Object.hasOwn(value, step) ? step : undefined;
  if (!Array.isArray(value)) return undefined;
  const index = value.findIndex((item) => includes(item, step.find));
  return index < 0 ? undefined : index;
}

/** Whether a value is an object that has all these fields. */
function includes(value: unknown, fields: JsonObject): boolean {
  return isObject(value) && Object.entries(fields).every(([name, field]) => deepEqual(value[name], field));
}

/** For people: `env.ANTHROPIC_BASE_URL`, `models[gw-model]`. */
export function describeSteps(steps: Steps): string {
  return steps
    .map((step, at) => (typeof step !== 'string' ? `[${Object.values(step.find)[0]}]` : at === 0 ? step : `.${step}`))
    .join('');
}

/** The value that holds `value` behind these steps. */
export function wrapped(steps: Steps, value: unknown): unknown {
  return steps.toReversed().reduce<unknown>((inner, step) => {
    return typeof step === 'string' ? { [step]: inner } : [inner];
  }, value);
}
