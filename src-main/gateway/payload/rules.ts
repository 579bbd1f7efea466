// The rules of `payload`, compiled once per config.
import type { Config } from '../../../src-shared/config.ts';
import { isObject, parseJson } from '../../../src-shared/json.ts';
import { parsePath, type Segment } from './path.ts';

type PayloadConfig = Config['payload'];
export type RuleModel = PayloadConfig['default'][number]['models'][number];

interface Param {
  readonly text: string;
  readonly path: readonly Segment[];
  readonly value: unknown;
}

export interface Rule {
  readonly models: readonly RuleModel[];
  readonly params: readonly Param[];
}

export interface Rules {
  /** Set only what the request lacks; the first one wins. */
  readonly defaults: readonly Rule[];
  /** Always set; the last one wins. */
  readonly overrides: readonly Rule[];
  /** Take out. */
  readonly filters: readonly Rule[];
  readonly isEmpty: boolean;
}

const compiled = new WeakMap<PayloadConfig, Rules>();

export function rulesOf(payload: PayloadConfig): Rules {
  const known = compiled.get(payload);
  if (known !== undefined) return known;
  const defaults = [...payload.default.flatMap(plainRule), ...payload['default-raw'].flatMap(rawRule)];
  const overrides = [...payload.override.flatMap(plainRule), ...payload['override-raw'].flatMap(rawRule)];
  const filters = payload.filter.map(({ models, params }) => ({
    models,
    params: params.flatMap((text) => paramOf(text, undefined)),
  }));
  const isEmpty = defaults.length + overrides.length + filters.length === 0;
  const rules = { defaults, overrides, filters, isEmpty };
  compiled.set(payload, rules);
  return rules;
}

/** A path that is none is left out. */
function paramOf(text: string, value: unknown): readonly Param[] {
  const path = parsePath(text);
  return path === undefined ? [] : [{ text, path, value }];
}

type WrittenRule = PayloadConfig['default'][number];

const plainRule = ({ models, params }: WrittenRule): readonly Rule[] => [
  { models, params: Object.entries(params).flatMap(([text, value]) => paramOf(text, value)) },
];

/** Texts are JSON; a rule with one that is not has no effect at all. */
function rawRule({ models, params }: WrittenRule): readonly Rule[] {
  const values = Object.entries(params)
    .filter(([, value]) => value !== null)
    .map(([text, value]) => [text, typeof value === 'string' ? parseJson(value) : value] as const);
  if (values.some(([, value]) => value === undefined)) return [];
  return [{ models, params: values.flatMap(([text, value]) => paramOf(text, value)) }];
}

/** A value of its own for each use: what is set may be changed by the next rule. */
export const copyOf = (value: unknown): unknown =>
  isObject(value) || Array.isArray(value) ? structuredClone(value) : value;
