// The offered models in the three shapes clients know.
import type { OfferedModel } from '../routing/credential.ts';
import { inputLimit, limitsOf, listedSince } from '../routing/static-models.ts';

export type ModelListShape = 'openai' | 'anthropic' | 'gemini';

/** Anthropic's SDK and CLI say who they are. */
export function shapeOf(format: 'chat' | 'gemini', headers: NodeJS.Dict<string | string[]>): ModelListShape {
  if (format === 'gemini') return 'gemini';
  const isAnthropic =
    headers['anthropic-version'] !== undefined || String(headers['user-agent'] ?? '').startsWith('claude-cli');
  return isAnthropic ? 'anthropic' : 'openai';
}

const geminiMethods = ['generateContent', 'streamGenerateContent', 'countTokens'];

const describe: Readonly<Record<ModelListShape, (model: OfferedModel) => Readonly<Record<string, unknown>>>> = {
  openai: ({ name, owner }) => ({ id: name, object: 'model', created: listedSince, owned_by: owner }),
  anthropic: ({ name }) => ({
    type: 'model',
    id: name,
    display_name: name,
    created_at: new Date(listedSince * 1_000).toISOString().replace('.000', ''),
  }),
  gemini: ({ name, upstream }) => {
    const input = inputLimit(upstream);
    const output = limitsOf(upstream).maxOutput;
    return {
      name: `models/${name}`,
      version: name,
      displayName: name,
      description: name,
      ...(input === undefined ? {} : { inputTokenLimit: input }),
      ...(output === undefined ? {} : { outputTokenLimit: output }),
      supportedGenerationMethods: geminiMethods,
    };
  },
};

export const describeModel = (model: OfferedModel, shape: ModelListShape): unknown => describe[shape](model);

export function describeModels(models: readonly OfferedModel[], shape: ModelListShape): unknown {
  const data = models.map(describe[shape]);
  if (shape === 'gemini') return { models: data };
  if (shape === 'openai') return { object: 'list', data };
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
