// Codex' form of the list of models. One entry that lacks a field makes Codex drop the whole list, so ours are made from
// one of the vendor's. Fields: openai/codex, protocol/src/openai_models.rs.
import type { JsonObject } from '../../../src-shared/json.ts';
import type { ModelFacts } from '../../models/model-facts.ts';
import { objectOf, textOf } from '../model/json.ts';

/** A model that the vendor of the catalogue does not have. */
export interface OtherModel {
  /** As clients ask for it. */
  readonly name: string;
  readonly facts: ModelFacts;
}

const requiredTypes: Readonly<Record<string, string>> = {
  slug: 'string',
  display_name: 'string',
  supported_reasoning_levels: 'object',
  shell_type: 'string',
  visibility: 'string',
  supported_in_api: 'boolean',
  priority: 'number',
  base_instructions: 'string',
  supports_reasoning_summaries: 'boolean',
  support_verbosity: 'boolean',
  truncation_policy: 'object',
  supports_parallel_tool_calls: 'boolean',
  experimental_supported_tools: 'object',
};

/** What the vendor says of its own model only. */
const ownFields = new Set(
  `additional_speed_tiers auto_compact_token_limit availability_nux comp_hash default_service_tier max_context_window
  minimal_client_version model_messages prefer_websockets service_tiers upgrade use_responses_lite`.split(/\s+/),
);

const isWhole = (entry: JsonObject): boolean =>
  Object.entries(requiredTypes).every(([name, type]) => typeof entry[name] === type && entry[name] !== null);

/** The vendor's first choice: what an entry of ours begins with. Undefined: none of its entries can serve. */
function defaultEntry(entries: readonly JsonObject[]): JsonObject | undefined {
  const shown = entries.filter((entry) => isWhole(entry) && entry.visibility === 'list');
  return shown.toSorted((one, other) => Number(one.priority) - Number(other.priority))[0];
}

/** Entries for models of others, behind the vendor's own; none when the vendor's cannot serve as their beginning. */
export function otherEntries(entries: readonly JsonObject[], models: readonly OtherModel[]): readonly JsonObject[] {
  const base = defaultEntry(entries);
  if (base === undefined) return [];
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !ownFields.has(name)));
  // Words that this version of the client knows: another one would make it drop the list.
  const levels = new Map(
    entries.flatMap((entry) => levelsOf(entry)).map((level) => [textOf(objectOf(level).effort), level]),
  );
  const last = Math.max(...entries.map(({ priority }) => Number(priority) || 0));
  return models.map(({ name, facts }, index) => {
    const reasons = facts.reasoning !== false;
    const supported = (facts.efforts ?? []).flatMap((effort) => levels.get(effort) ?? []);
    const efforts = supported.map((level) => textOf(objectOf(level).effort));
    return {
      ...kept,
      slug: name,
      display_name: name,
      description: null,
      visibility: 'list',
      supported_in_api: true,
      priority: last + 1 + index,
      supported_reasoning_levels: reasons ? supported : [],
      default_reasoning_level: efforts.includes('medium') ? 'medium' : (efforts[0] ?? null),
      supports_reasoning_summaries: facts.reasoning === true,
      support_verbosity: false,
      default_verbosity: null,
      context_window: facts.contextTokens ?? null,
      ...(facts.input === undefined ? {} : { input_modalities: inputsOf(facts.input) }),
    };
  });
}

const levelsOf = ({ supported_reasoning_levels: levels }: JsonObject): readonly unknown[] =>
  Array.isArray(levels) ? levels : [];

const inputsOf = (input: NonNullable<ModelFacts['input']>) => ['text', ...(input.includes('image') ? ['image'] : [])];
