// What is known of a model: the user's own facts first, then our notes and the catalogue, then the newest of its
// family (never for a price). What nobody knows stays undefined, and each format has a default for it.
import type { Effort, ModelAbilities, ModelFactsRow, ModelNote, ModelPrice } from '../../src-shared/model-facts.ts';
import { fitsPattern } from '../../src-shared/name-pattern.ts';
import { allNotes, exactRow, familyRow } from './model-data.ts';
import { bareModelName } from './model-names.ts';

/** A row of `model-facts` in the config. */
export type OwnFacts = ModelAbilities & { readonly model: string };

export interface ModelFacts {
  /** Whose model it is: `anthropic`, `openai`, `google`, …. */
  readonly vendor?: string;
  /** Longest input and longest output, in tokens. */
  readonly contextTokens?: number;
  readonly outputTokens?: number;
  /** Whether temperature and top-p are taken; `one`: not both; `without-reasoning`: only while it is told not to think. */
  readonly sampling?: 'both' | 'one' | 'without-reasoning' | 'never';
  readonly reasoning?: boolean;
  /** It cannot be told not to think. */
  readonly reasoningAlways?: boolean;
  /** The efforts or thinking levels it takes, least first. Empty: it takes none. */
  readonly efforts?: readonly Effort[];
  /** It is told an effort and chooses its budget (Messages). */
  readonly adaptiveThinking?: boolean;
  /** Thinking budgets it takes, in tokens; `zero`: 0 switches thinking off; `dynamic`: it may choose (-1). */
  readonly thinkingBudget?: {
    readonly min: number;
    readonly max: number;
    readonly zero?: boolean | undefined;
    readonly dynamic?: boolean | undefined;
  };
  /** Earlier reasoning goes back as `reasoning_content` (chat). */
  readonly reasoningHistory?: boolean;
  readonly structuredOutput?: boolean;
  /** Functions and structured output in one request. */
  readonly structuredOutputWithTools?: boolean;
  readonly tools?: boolean;
  /** A tool may be forced. */
  readonly forcedTool?: boolean;
  /** The conversation may end with the beginning of the response. */
  readonly prefill?: boolean;
  /** System messages may stand between turns. */
  readonly midConversationSystem?: boolean;
  /** The name of the token limit (chat). */
  readonly tokenLimit?: 'max_tokens' | 'max_completion_tokens';
  /** What it reads beside text. */
  readonly input?: readonly ('image' | 'audio' | 'pdf')[];
  /** Shortest prompt that is cached, in tokens. */
  readonly cacheMinTokens?: number;
  /** Last day it is served (`2026-12-01`), and what its vendor says to use instead. */
  readonly ends?: string;
  readonly successor?: string;
}

/** Facts of a model by the name an upstream is asked for, in whatever way hosts spell it. */
export function modelFacts(name: string, own: readonly OwnFacts[] = []): ModelFacts {
  const known = publishedFacts(name);
  const overrides = own.filter(({ model }) => fitsPattern(name, model));
  return overrides.length === 0 ? known : { ...known, ...merged(overrides) };
}

/** The list price of exactly this model; undefined: not known, which is not nothing. US dollars per million tokens. */
export const priceOf = (name: string): ModelPrice | undefined => exactRow(name)?.price;

/** Whether a model answers in words, as far as is known: others make vectors, pictures or sound. */
export function hasWords(name: string): boolean {
  const kind = exactRow(name)?.kind;
  return kind === undefined || kind === 'chat' || kind === 'responses';
}

/** Answers are asked for with every request, mostly about the same few models. */
const remembered = new Map<string, ModelFacts>();
const maxRemembered = 500;

function publishedFacts(name: string): ModelFacts {
  const known = remembered.get(name);
  if (known) return known;
  const facts = findFacts(name);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(name, facts);
  return facts;
}

function findFacts(name: string): ModelFacts {
  const bare = bareModelName(name);
  if (bare === undefined) return {};
  const exact = exactRow(name);
  const like = exact ? undefined : familyRow(bare);
  const byName = allNotes().filter(({ models }) => models?.some((pattern) => fitsPattern(bare, pattern)));
  // The end of a model says nothing of the others of its family.
  const { ends: _, successor: __, ...family } = like ? publishedFacts(`${like.vendor}/${like.model}`) : {};
  const vendor = exact?.vendor ?? family.vendor ?? byName.find((note) => note.vendor !== undefined)?.vendor;
  const base = { ...family, ...(exact && factsOf(exact)), ...merged(byName) };
  const byFacts = allNotes().filter(
    ({ models, when }) => models === undefined && when?.vendor === vendor && when?.reasoning === base.reasoning,
  );
  return defined({
    // What notes say of a kind of models stands behind what they say of one.
    ...merged(byFacts),
    ...base,
    vendor,
    ends: exact?.ends,
    successor: exact?.successor,
  });
}

/** The first row that says something wins. */
const merged = (rows: readonly (OwnFacts | ModelNote)[]): ModelFacts =>
  Object.fromEntries(rows.toReversed().flatMap((row) => Object.entries(factsOf(row))));

const factsOf = (row: ModelAbilities | ModelFactsRow): ModelFacts =>
  defined({
    contextTokens: row['context-tokens'],
    outputTokens: row['output-tokens'],
    sampling: row.sampling,
    reasoning: row.reasoning,
    reasoningAlways: row['reasoning-always'],
    efforts: row.efforts,
    adaptiveThinking: row['adaptive-thinking'],
    thinkingBudget: row['thinking-budget'],
    reasoningHistory: row['reasoning-history'],
    structuredOutput: row['structured-output'],
    structuredOutputWithTools: row['structured-output-with-tools'],
    tools: row.tools,
    forcedTool: row['forced-tool'],
    prefill: row.prefill,
    midConversationSystem: row['mid-conversation-system'],
    tokenLimit: row['token-limit'],
    input: row.input,
    cacheMinTokens: row['cache-min-tokens'],
  });

/** Without members that are undefined, which would hide others when objects are joined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  // Only members whose type allows undefined are left out.
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}
