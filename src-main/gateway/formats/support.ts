// What each form can carry. The translators report losses from this table, and `docs/translation.md` shows it.
import type { DroppedFields, Severity } from '../model/dropped-fields.ts';
import type { Part, Request } from '../model/request.ts';
import type { FormatName } from './format-name.ts';

/** `yes`: as it is; `changed`: in other words with the same sense; `no`: lost, and said so. */
export type Support = 'yes' | 'changed' | 'no';

export interface Feature {
  readonly title: string;
  /** chat, responses, messages, gemini. */
  readonly forms: readonly [Support, Support, Support, Support];
  /** Forms of `forms` in which this account backend is narrower. */
  readonly not?: readonly FormatName[];
  readonly note?: string;
  readonly loss?: {
    readonly severity: Severity;
    readonly path: string;
    readonly used: (request: Request) => boolean;
  };
}

const anyPart = (test: (part: Part) => boolean) => (request: Request) =>
  request.turns.some(({ parts }) =>
    parts.some((part) => test(part) || (part.kind === 'tool-result' && part.parts.some(test))),
  );

const hasCacheMark = (request: Request): boolean =>
  request.system.some((part) => part.cache !== undefined) ||
  anyPart((part) => 'cache' in part && part.cache !== undefined)(request) ||
  request.tools.some((tool) => 'cache' in tool && tool.cache !== undefined);

const warn = (path: string, used: (request: Request) => boolean): NonNullable<Feature['loss']> => ({
  severity: 'warn',
  path,
  used,
});
const info = (path: string, used: (request: Request) => boolean): NonNullable<Feature['loss']> => ({
  severity: 'info',
  path,
  used,
});

export const requestFeatures: readonly Feature[] = [
  { title: 'System texts', forms: ['yes', 'yes', 'yes', 'yes'], note: 'chat and responses: joined by a blank line' },
  { title: 'Texts, multi-turn history', forms: ['yes', 'yes', 'yes', 'yes'] },
  { title: 'Images in the request itself', forms: ['yes', 'yes', 'yes', 'yes'] },
  { title: 'Images by web address', forms: ['yes', 'yes', 'yes', 'changed'], note: 'gemini: as file address' },
  { title: 'Files (PDF and others)', forms: ['yes', 'yes', 'yes', 'yes'] },
  {
    title: 'Audio',
    forms: ['yes', 'no', 'no', 'yes'],
    loss: { severity: 'fatal', path: 'turns', used: anyPart((part) => part.kind === 'audio') },
  },
  { title: 'Functions, parallel calls, results', forms: ['yes', 'yes', 'yes', 'yes'] },
  {
    title: 'Free-form tools',
    forms: ['changed', 'yes', 'changed', 'changed'],
    note: 'wrapped as a function with one text field',
  },
  { title: 'Web search and code execution of the service', forms: ['no', 'yes', 'yes', 'yes'] },
  { title: 'Tool choice', forms: ['yes', 'yes', 'yes', 'yes'] },
  {
    title: 'Parallel calls switched off',
    forms: ['yes', 'yes', 'yes', 'no'],
    loss: warn('parallel_tool_calls', (request) => request.parallelTools === false && request.tools.length > 0),
  },
  { title: 'Images in tool results', forms: ['changed', 'yes', 'yes', 'changed'], note: 'as parts beside the result' },
  { title: 'Error mark of tool results', forms: ['changed', 'changed', 'yes', 'yes'], note: 'told in words' },
  {
    title: 'Token limit',
    forms: ['yes', 'yes', 'yes', 'yes'],
    not: ['codex'],
    loss: info('max_tokens', (request) => request.maxTokens !== undefined),
  },
  {
    title: 'Temperature, top-p',
    forms: ['yes', 'yes', 'yes', 'yes'],
    not: ['codex'],
    loss: info('temperature', ({ sampling }) => sampling.temperature !== undefined || sampling.topP !== undefined),
  },
  {
    title: 'Top-k',
    forms: ['no', 'no', 'yes', 'yes'],
    loss: info('top_k', ({ sampling }) => sampling.topK !== undefined),
  },
  {
    title: 'Seed',
    forms: ['yes', 'no', 'no', 'yes'],
    loss: info('seed', ({ sampling }) => sampling.seed !== undefined),
  },
  {
    title: 'Frequency and presence penalty',
    forms: ['yes', 'no', 'no', 'yes'],
    loss: info(
      'penalties',
      ({ sampling }) => sampling.frequencyPenalty !== undefined || sampling.presencePenalty !== undefined,
    ),
  },
  {
    title: 'Stop sequences',
    forms: ['yes', 'no', 'yes', 'yes'],
    loss: warn('stop', (request) => request.stop.length > 0),
  },
  {
    title: 'Reasoning effort or budget',
    forms: ['changed', 'changed', 'changed', 'changed'],
    note: 'by one table of efforts and tokens',
  },
  {
    title: 'Earlier reasoning with its signature',
    forms: ['no', 'yes', 'yes', 'yes'],
    note: 'only back to the vendor that made it; kept here for clients whose form has no place for it',
  },
  { title: 'JSON schema for the answer', forms: ['yes', 'yes', 'yes', 'yes'] },
  {
    title: 'JSON without a schema',
    forms: ['yes', 'yes', 'no', 'yes'],
    loss: warn('response_format', (request) => request.output?.kind === 'json'),
  },
  {
    title: 'Verbosity',
    forms: ['yes', 'yes', 'no', 'no'],
    loss: info('verbosity', (request) => request.verbosity !== undefined),
  },
  { title: 'User id', forms: ['yes', 'yes', 'yes', 'no'], loss: info('user', (request) => request.user !== undefined) },
  { title: 'Prompt cache marks', forms: ['no', 'no', 'yes', 'no'], loss: info('cache_control', hasCacheMark) },
  {
    title: 'Prompt cache key',
    forms: ['yes', 'yes', 'no', 'no'],
    loss: info('prompt_cache_key', (request) => request.cacheKey !== undefined),
  },
  {
    title: 'Service tier',
    forms: ['yes', 'yes', 'no', 'no'],
    loss: info('service_tier', (request) => request.tier !== undefined),
  },
  {
    title: 'Metadata',
    forms: ['no', 'yes', 'no', 'no'],
    loss: info('metadata', (request) => request.metadata !== undefined),
  },
];

export const answerFeatures: readonly Feature[] = [
  { title: 'Texts as they come', forms: ['yes', 'yes', 'yes', 'yes'] },
  {
    title: 'Tool calls, arguments as they come',
    forms: ['yes', 'yes', 'yes', 'changed'],
    note: 'gemini: arguments whole',
  },
  { title: 'Reasoning texts', forms: ['yes', 'yes', 'yes', 'yes'], note: 'chat: reasoning_content' },
  { title: 'Signatures of reasoning', forms: ['no', 'yes', 'yes', 'yes'], note: 'only for the vendor that made them' },
  { title: 'Images', forms: ['yes', 'changed', 'no', 'yes'], note: 'responses: as an image_generation_call' },
  { title: 'Refusals', forms: ['yes', 'yes', 'changed', 'changed'] },
  { title: 'Token counts with cache and reasoning', forms: ['yes', 'yes', 'yes', 'yes'] },
  { title: 'Ended by limit or filter', forms: ['yes', 'yes', 'yes', 'yes'] },
  { title: 'Which stop sequence ended it', forms: ['no', 'no', 'yes', 'no'] },
  { title: 'Errors inside of a stream', forms: ['yes', 'yes', 'yes', 'yes'] },
  { title: 'Citations, log probabilities, search results', forms: ['no', 'no', 'no', 'no'] },
];

/** Columns of the tables, in the order of `forms`. */
export const carriers = ['chat', 'responses', 'messages', 'gemini'] as const;

const columnOf = (format: FormatName): number => {
  const family =
    format === 'codex' ? 'responses' : format === 'gemini-cli' ? 'gemini' : format === 'completions' ? 'chat' : format;
  return carriers.indexOf(family);
};

const carries = (feature: Feature, format: FormatName): boolean =>
  feature.forms[columnOf(format)] !== 'no' && !feature.not?.includes(format);

/** Notes what a request uses and the upstream's form has no words for. */
export function reportLosses(request: Request, upstream: FormatName, losses: DroppedFields): void {
  for (const feature of requestFeatures)
    if (feature.loss?.used(request) && !carries(feature, upstream))
      losses.add(
        feature.loss.severity,
        feature.loss.path,
        `${feature.title}: the upstream's form has no place for this`,
      );
}
