// What is known of a model, as a row of our data files and of `model-facts` in the config. Absent: not known.
import { z } from 'zod';

const tokens = z.int().min(0);
const price = z.number().min(0);

const rates = {
  input: price.optional(),
  output: price.optional(),
  'cache-read': price.optional(),
  'cache-write': price.optional(),
  'cache-write-1h': price.optional(),
  reasoning: price.optional(),
};

/** List prices in US dollars per million tokens; `above`: other rates for requests with more input tokens than that. */
export const modelPriceSchema = z.object({
  ...rates,
  above: z.array(z.object({ tokens, ...rates })).optional(),
});
export type ModelPrice = z.infer<typeof modelPriceSchema>;

/** How much a model may be told to think, least first. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** What a person may say of a model; it wins over our files. */
export const modelAbilitiesSchema = z.object({
  /** Longest input and longest output, in tokens. */
  'context-tokens': tokens.optional(),
  'output-tokens': tokens.optional(),
  /** Whether temperature and top-p are taken; `one`: not both; `without-reasoning`: only while it is told not to think. */
  sampling: z.enum(['both', 'one', 'without-reasoning', 'never']).optional(),
  reasoning: z.boolean().optional(),
  /** It cannot be told not to think. */
  'reasoning-always': z.boolean().optional(),
  /** The efforts or thinking levels it takes; an empty list: it thinks, and takes none. */
  efforts: z.array(z.enum(efforts)).optional(),
  /** It is told an effort and chooses its budget (Messages). */
  'adaptive-thinking': z.boolean().optional(),
  /** Thinking budgets it takes, in tokens; `zero`: 0 switches thinking off; `dynamic`: it may choose (-1). */
  'thinking-budget': z
    .object({ min: tokens, max: tokens, zero: z.boolean().optional(), dynamic: z.boolean().optional() })
    .optional(),
  /** Earlier reasoning goes back as `reasoning_content` (chat). */
  'reasoning-history': z.boolean().optional(),
  'structured-output': z.boolean().optional(),
  /** Functions and structured output in one request. */
  'structured-output-with-tools': z.boolean().optional(),
  tools: z.boolean().optional(),
  /** A tool may be forced. */
  'forced-tool': z.boolean().optional(),
  /** The conversation may end with the beginning of the response. */
  prefill: z.boolean().optional(),
  /** System messages may stand between turns. */
  'mid-conversation-system': z.boolean().optional(),
  /** The name of the token limit (chat). */
  'token-limit': z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  /** What it reads beside text. */
  input: z.array(z.enum(['image', 'audio', 'pdf'])).optional(),
  /** Shortest prompt that is cached, in tokens. */
  'cache-min-tokens': tokens.optional(),
});
export type ModelAbilities = z.infer<typeof modelAbilitiesSchema>;

/** One row of `models/model-facts.json`. */
export const modelFactsRowSchema = z.object({
  vendor: z.string(),
  model: z.string(),
  kind: z.string(),
  price: modelPriceSchema.optional(),
  /** Last day it is served, and the name its vendor says to use instead. */
  ends: z.iso.date().optional(),
  successor: z.string().optional(),
  /** Index into `sources` of the file. */
  source: z.int().min(0).optional(),
  ...modelAbilitiesSchema.shape,
});
export type ModelFactsRow = z.infer<typeof modelFactsRowSchema>;

export const modelFactsFileSchema = z.object({
  about: z.string(),
  date: z.iso.date(),
  sources: z.array(z.url()),
  models: z.array(modelFactsRowSchema),
});

/** One row of `models/model-notes.json`: what the catalogue lacks, for models by name or by what else is known of them. */
export const modelNoteSchema = z.object({
  /** Names, `*` for any characters. Absent: every name. */
  models: z.array(z.string()).optional(),
  when: z.object({ vendor: z.string().optional(), reasoning: z.boolean().optional() }).optional(),
  vendor: z.string().optional(),
  source: z.string(),
  ...modelAbilitiesSchema.shape,
});
export type ModelNote = z.infer<typeof modelNoteSchema>;

export const modelNotesFileSchema = z.object({
  about: z.string(),
  date: z.iso.date(),
  notes: z.array(modelNoteSchema),
});
