// Which features of requests and responses each format supports. Translation reports unsupported ones from these rows,
// and `docs/translation.md` shows them.
import type { DroppedFields, Severity } from '../model/dropped-fields.ts';
import type { Part, Request } from '../model/request.ts';

/** `yes`: as it is; `changed`: in other words with the same meaning; `no`: dropped, and reported. */
export type Support = 'yes' | 'changed' | 'no';

export interface Feature {
  readonly title: string;
  readonly note?: string;
  /** How a request that uses the feature is reported when the upstream's format does not support it. */
  readonly unsupported?: {
    readonly severity: Severity;
    readonly path: string;
    readonly used: (request: Request) => boolean;
  };
}

/** One format's answers to both lists of features. */
export interface FormatSupport {
  readonly request: Readonly<Record<keyof typeof requestFeatures, Support>>;
  readonly response: Readonly<Record<keyof typeof responseFeatures, Support>>;
}

const anyPart = (test: (part: Part) => boolean) => (request: Request) =>
  request.turns.some(({ parts }) =>
    parts.some((part) => test(part) || (part.kind === 'tool-result' && part.parts.some(test))),
  );

const hasCacheMark = (request: Request): boolean =>
  request.system.some((part) => part.cache !== undefined) ||
  anyPart((part) => 'cache' in part && part.cache !== undefined)(request) ||
  request.tools.some((tool) => 'cache' in tool && tool.cache !== undefined);

const warn = (path: string, used: (request: Request) => boolean): NonNullable<Feature['unsupported']> => ({
  severity: 'warn',
  path,
  used,
});
const info = (path: string, used: (request: Request) => boolean): NonNullable<Feature['unsupported']> => ({
  severity: 'info',
  path,
  used,
});

export const requestFeatures = {
  systemTexts: {
    title: 'System texts',
    note: 'chat and responses: joined by a blank line; between turns: in their place, as texts of the user but in responses',
  },
  turns: { title: 'Texts, multi-turn history' },
  images: { title: 'Images in the request itself' },
  imageUrls: { title: 'Images by web address', note: 'gemini: as file address' },
  files: { title: 'Files (PDF and others)' },
  audio: {
    title: 'Audio',
    unsupported: { severity: 'fatal', path: 'turns', used: anyPart((part) => part.kind === 'audio') },
  },
  functions: { title: 'Functions, parallel calls, results' },
  customTools: {
    title: 'Free-form tools',
    note: 'wrapped as a function with one text field',
  },
  builtInTools: { title: 'Web search and code execution of the service' },
  toolChoice: { title: 'Tool choice' },
  parallelToolsOff: {
    title: 'Parallel calls switched off',
    unsupported: warn('parallel_tool_calls', (request) => request.parallelTools === false && request.tools.length > 0),
  },
  toolResultImages: { title: 'Images in tool results', note: 'as parts beside the result' },
  toolResultErrors: { title: 'Error mark of tool results', note: 'told in words' },
  maxTokens: {
    title: 'Token limit',
    unsupported: info('max_tokens', (request) => request.maxTokens !== undefined),
  },
  temperature: {
    title: 'Temperature, top-p',
    unsupported: info(
      'temperature',
      ({ sampling }) => sampling.temperature !== undefined || sampling.topP !== undefined,
    ),
  },
  topK: {
    title: 'Top-k',
    unsupported: info('top_k', ({ sampling }) => sampling.topK !== undefined),
  },
  seed: {
    title: 'Seed',
    unsupported: info('seed', ({ sampling }) => sampling.seed !== undefined),
  },
  penalties: {
    title: 'Frequency and presence penalty',
    unsupported: info(
      'penalties',
      ({ sampling }) => sampling.frequencyPenalty !== undefined || sampling.presencePenalty !== undefined,
    ),
  },
  stop: {
    title: 'Stop sequences',
    unsupported: warn('stop', (request) => request.stop.length > 0),
  },
  audioOutput: {
    title: 'Spoken responses asked for',
    note: 'gemini: as WAV or bare samples',
    unsupported: { severity: 'fatal', path: 'modalities', used: (request) => request.audioOutput !== undefined },
  },
  imageOutput: {
    title: 'Images in the response asked for',
    unsupported: warn('modalities', (request) => request.imageOutput === true),
  },
  logProbabilities: {
    title: 'Log probabilities asked for',
    unsupported: warn('logprobs', (request) => request.logProbabilities !== undefined),
  },
  severalResponses: { title: 'Several responses to one question', note: 'by as many calls, each of which is paid for' },
  documentCitations: {
    title: 'Citations of documents asked for',
    unsupported: warn('citations', (request) => request.documentCitations === true),
  },
  reasoningEffort: {
    title: 'Reasoning effort or budget',
    note: 'by one table of efforts and tokens',
  },
  reasoningSignatures: {
    title: 'Earlier reasoning with its signature',
    note: 'only back to the vendor that made it; kept here for clients whose form has no place for it',
  },
  jsonSchema: { title: 'JSON schema for the response' },
  jsonObject: {
    title: 'JSON without a schema',
    unsupported: warn('response_format', (request) => request.output?.kind === 'json'),
  },
  verbosity: {
    title: 'Verbosity',
    unsupported: info('verbosity', (request) => request.verbosity !== undefined),
  },
  user: { title: 'User id', unsupported: info('user', (request) => request.user !== undefined) },
  cacheMarks: { title: 'Prompt cache marks', unsupported: info('cache_control', hasCacheMark) },
  cacheKey: {
    title: 'Prompt cache key',
    unsupported: info('prompt_cache_key', (request) => request.cacheKey !== undefined),
  },
  serviceTier: {
    title: 'Service tier',
    unsupported: info('service_tier', (request) => request.tier !== undefined),
  },
  metadata: {
    title: 'Metadata',
    unsupported: info('metadata', (request) => request.metadata !== undefined),
  },
} satisfies Readonly<Record<string, Feature>>;

export const responseFeatures = {
  texts: { title: 'Texts as they come' },
  toolCalls: {
    title: 'Tool calls, arguments as they come',
    note: 'gemini: arguments whole',
  },
  reasoning: { title: 'Reasoning texts', note: 'chat: reasoning_content' },
  reasoningSignatures: { title: 'Signatures of reasoning', note: 'only for the vendor that made them' },
  images: { title: 'Images', note: 'responses: as an image_generation_call' },
  audio: { title: 'Sound' },
  refusals: { title: 'Refusals' },
  usage: { title: 'Token counts with cache and reasoning' },
  finishReasons: { title: 'Ended by limit or filter' },
  stopSequence: { title: 'Which stop sequence ended it' },
  streamErrors: { title: 'Errors inside of a stream' },
  citations: { title: 'Citations of web pages', note: 'messages: of whole texts in a stream' },
  logProbabilities: { title: 'Log probabilities' },
  searchResults: { title: 'Calls and results of searches that the service makes' },
} satisfies Readonly<Record<string, Feature>>;

/** Reports what a request uses and the upstream's format cannot express. */
export function reportUnsupported(request: Request, support: FormatSupport, dropped: DroppedFields): void {
  for (const [name, { title, unsupported }] of requestRows) {
    if (unsupported === undefined || support.request[name] !== 'no' || !unsupported.used(request)) continue;
    dropped.add(unsupported.severity, unsupported.path, `${title}: the upstream's form has no place for this`);
  }
}

const requestRows = Object.entries(requestFeatures) as readonly (readonly [keyof FormatSupport['request'], Feature])[];
