// The models of a vendor with what is known of them, in the words of CLIProxyAPI.
import type { ModelDefinition } from '../../src-shared/contract/account-models.ts';
import { listedSince, rowsOf } from './model-data.ts';
import { type ModelFacts, modelFacts, type OwnFacts } from './model-facts.ts';

/** The models of a vendor, as a channel of that name has them. `own`: what the user says of models. */
export const modelDefinitions = (vendor: string, channel: string, own: readonly OwnFacts[]): ModelDefinition[] =>
  rowsOf(vendor).map(({ model }) => definitionOf(model, vendor, channel, modelFacts(model, own)));

function definitionOf(model: string, vendor: string, type: string, facts: ModelFacts): ModelDefinition {
  const { contextTokens, outputTokens, input } = facts;
  const thinking = thinkingOf(facts);
  return {
    id: model,
    object: 'model',
    created: listedSince,
    owned_by: vendor,
    type,
    display_name: model,
    ...(contextTokens !== undefined && { inputTokenLimit: contextTokens, context_length: contextTokens }),
    ...(outputTokens !== undefined && { outputTokenLimit: outputTokens, max_completion_tokens: outputTokens }),
    ...(input !== undefined && { supportedInputModalities: ['text', ...input] }),
    ...(thinking !== undefined && { thinking }),
  };
}

function thinkingOf({ reasoning, efforts, thinkingBudget }: ModelFacts): ModelDefinition['thinking'] {
  if (reasoning !== true) return undefined;
  const { min, max, zero, dynamic } = thinkingBudget ?? {};
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(zero !== undefined && { zero_allowed: zero }),
    ...(dynamic !== undefined && { dynamic_allowed: dynamic }),
    ...(efforts !== undefined && efforts.length > 0 && { levels: [...efforts] }),
  };
}
