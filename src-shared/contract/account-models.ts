// The models of accounts, and what is known of the models of a provider.
import { z } from 'zod';
import { operation } from '../operation.ts';

const accountModel = z.object({
  id: z.string(),
  display_name: z.string().optional(),
  /** The provider. */
  type: z.string(),
  owned_by: z.string(),
});

const count = z.number().optional();

/** A model with the names that CLIProxyAPI gives its limits and abilities. What is not known is left out. */
const modelDefinition = z.object({
  id: z.string(),
  object: z.literal('model'),
  /** Seconds since 1970. */
  created: z.number(),
  owned_by: z.string(),
  type: z.string(),
  display_name: z.string(),
  inputTokenLimit: count,
  outputTokenLimit: count,
  context_length: count,
  max_completion_tokens: count,
  supportedInputModalities: z.array(z.string()).optional(),
  thinking: z
    .object({
      min: count,
      max: count,
      zero_allowed: z.boolean().optional(),
      dynamic_allowed: z.boolean().optional(),
      levels: z.array(z.string()).optional(),
    })
    .optional(),
});
export type ModelDefinition = z.output<typeof modelDefinition>;

export const accountModelsContract = {
  'auth-files.models': operation({
    summary: 'Ask the provider of an account for its models, and list all that the account is known to have',
    input: z.object({ name: z.string() }),
    output: z.object({ models: z.array(accountModel) }),
    http: {
      method: 'GET',
      path: '/auth-files/models',
      query: ['name'],
      decode: ({ query }) => ({ name: query.name ?? '' }),
    },
  }),
  'model-definitions.get': operation({
    summary: 'What is known of the models of a channel, such as claude, codex, gemini or xai',
    input: z.object({ channel: z.string() }),
    /** `models` is null when there is no such channel. */
    output: z.object({ channel: z.string(), models: z.array(modelDefinition).nullable() }),
    http: {
      method: 'GET',
      path: '/model-definitions/:channel',
      decode: ({ params }) => ({ channel: params.channel ?? '' }),
      encode: ({ channel, models }: { readonly channel: string; readonly models: unknown }) =>
        models === null ? { status: 400, body: { error: 'unknown channel', channel } } : { body: { channel, models } },
      wireAnswer: z.object({ channel: z.string(), models: z.array(modelDefinition) }),
    },
  }),
};
