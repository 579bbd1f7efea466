// `node scripts/model-facts.ts CATALOGUE.json`: rebuilds `src-main/models/model-facts.json` from a newer catalogue of
// published model facts (`{ date, models: [{ vendor, model, kind, context_tokens, supports, efforts, … }] }`).
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { efforts, type ModelFactsRow, modelFactsFileSchema } from '../src-shared/model-facts.ts';

const rates = {
  input: z.number().optional(),
  output: z.number().optional(),
  cache_read: z.number().optional(),
  cache_write: z.number().optional(),
  cache_write_1h: z.number().optional(),
  reasoning: z.number().optional(),
};
const catalogueSchema = z.object({
  date: z.iso.date(),
  models: z.array(
    z.object({
      vendor: z.string(),
      model: z.string(),
      kind: z.string(),
      context_tokens: z.number().optional(),
      output_tokens: z.number().optional(),
      usd_per_million: z
        .object({ ...rates, above: z.array(z.object({ tokens: z.number(), ...rates })).optional() })
        .optional(),
      supports: z.record(z.string(), z.boolean()).optional(),
      efforts: z.partialRecord(z.enum(efforts), z.boolean()).optional(),
      effort_levels: z.array(z.enum(efforts)).optional(),
      cache_min_tokens: z.number().optional(),
      ends: z.iso.date().optional(),
      successor: z.string().optional(),
      source: z.string().optional(),
    }),
  ),
});
type Published = z.infer<typeof catalogueSchema>['models'][number];

/** Of these vendors' language models the catalogue names reasoning wherever there is some. */
const completeOnReasoning = new Set(['anthropic', 'deepseek', 'google', 'openai', 'xai']);
const languageModels = new Set(['chat', 'responses', 'completion']);

function reasoningOf({ vendor, kind, supports }: Published): boolean | undefined {
  if (supports?.reasoning !== undefined) return supports.reasoning;
  return supports && languageModels.has(kind) && completeOnReasoning.has(vendor) ? false : undefined;
}

/** The catalogue says where a model differs from low, medium and high. Only of OpenAI's models is it silent about those that do not. */
function effortsOf({ vendor, supports, efforts: differing, effort_levels: levels }: Published) {
  if (!supports?.reasoning) return undefined;
  if (levels) return levels;
  if (differing === undefined && vendor !== 'openai') return undefined;
  return efforts.filter((effort) => differing?.[effort] ?? ['low', 'medium', 'high'].includes(effort));
}

const samplingOf = (supports: Published['supports']) =>
  supports?.sampling === undefined ? undefined : supports.sampling ? 'both' : 'never';

const inputs = { vision: 'image', audio_in: 'audio', pdf: 'pdf' } as const;

function inputOf(supports: Published['supports']): ModelFactsRow['input'] {
  const list = Object.entries(inputs).flatMap(([name, input]) => (supports?.[name] ? [input] : []));
  return list.length === 0 ? undefined : list;
}

/** Members that are there, with dashes for underscores. */
const dashed = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.replaceAll('_', '-'),
      Array.isArray(item) ? item.map(dashed) : item,
    ]),
  );

function row(published: Published, source: number | undefined): unknown {
  const { vendor, model, kind, supports, usd_per_million: price, ends, successor } = published;
  return {
    vendor,
    model,
    kind,
    'context-tokens': published.context_tokens,
    'output-tokens': published.output_tokens,
    sampling: samplingOf(supports),
    reasoning: reasoningOf(published),
    'reasoning-always': supports?.thinking_always_on || undefined,
    efforts: effortsOf(published),
    'adaptive-thinking': supports?.adaptive_thinking,
    'structured-output': supports?.structured_output ?? supports?.json_schema,
    tools: supports?.tools,
    'forced-tool': supports?.forced_tool,
    prefill: supports?.prefill,
    'mid-conversation-system': supports?.mid_conversation_system,
    input: inputOf(supports),
    'cache-min-tokens': published.cache_min_tokens,
    price: price && dashed(price),
    ends,
    successor: successor?.replace(/^.*\//, ''),
    source,
  };
}

/** The text of the data file: one model a line, so that a newer catalogue shows as changed lines. */
export function modelFactsFile(catalogue: unknown): string {
  const { date, models } = catalogueSchema.parse(catalogue);
  const sources = [...new Set(models.flatMap(({ source }) => (source === undefined ? [] : [source])))].sort();
  const rows = models
    .map((one) => row(one, one.source === undefined ? undefined : sources.indexOf(one.source)))
    .map((one) => JSON.stringify(one));
  const head = {
    about: 'Facts about models as their vendors publish them. List prices in US dollars per million tokens.',
    date,
  };
  const text = `${JSON.stringify(head).slice(0, -1)},\n"sources":${JSON.stringify(sources, null, 1)},\n"models":[\n${rows.join(',\n')}\n]}\n`;
  modelFactsFileSchema.parse(JSON.parse(text));
  return text;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('usage: node scripts/model-facts.ts CATALOGUE.json');
  const target = new URL('../src-main/models/model-facts.json', import.meta.url);
  writeFileSync(target, modelFactsFile(JSON.parse(readFileSync(file, 'utf8'))));
}
