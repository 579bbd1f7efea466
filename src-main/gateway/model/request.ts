// A request to a model, in no vendor's words. Decoders make it, encoders read it.

import type { Effort } from '../../../src-shared/model-facts.ts';

/** Who can read a signature; it is sent back to nobody else. */
export type Issuer = 'anthropic' | 'google' | 'openai';

/** Signed or encrypted reasoning state: meaningless to us, byte-exact to its issuer. */
export interface ReasoningSignature {
  readonly issuer: Issuer;
  readonly value: string;
  /** The issuer's own id of the reasoning item (Responses). */
  readonly id?: string;
}

/** Where the bytes of an image or file are. */
export type Source =
  | { readonly kind: 'base64'; readonly mime: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string; readonly mime?: string }
  | { readonly kind: 'upload'; readonly id: string; readonly issuer: Issuer }
  | { readonly kind: 'text'; readonly text: string };

/** A prompt-cache mark of the Messages format, as it was written. */
export interface CacheMark {
  readonly cache?: unknown;
}

export interface TextPart extends CacheMark {
  readonly kind: 'text';
  readonly text: string;
  /** A system message between turns, which keeps its place in a user turn: at the front it would end every prompt cache. */
  readonly isInstruction?: boolean;
  /** State that belongs to a text (Gemini signs texts too). */
  readonly signature?: ReasoningSignature;
}
export interface ImagePart extends CacheMark {
  readonly kind: 'image';
  readonly source: Source;
  readonly detail?: string;
}
export interface FilePart extends CacheMark {
  readonly kind: 'file';
  readonly source: Source;
  readonly name?: string;
}
export interface AudioPart {
  readonly kind: 'audio';
  readonly mime: string;
  readonly data: string;
}
export interface ThinkingPart {
  readonly kind: 'thinking';
  /** Empty when only the signature exists (redacted or encrypted without summary). */
  readonly text: string;
  readonly signature?: ReasoningSignature;
  /** The issuer hid the text itself (`redacted_thinking`). */
  readonly redacted?: boolean;
}

/** Tools that OpenAI defines and the client runs. Their calls have items of their own there, and are functions elsewhere. */
export type ClientToolKind = 'tool_search' | 'local_shell' | 'shell' | 'apply_patch';
export type ToolVariant = 'function' | 'custom' | ClientToolKind;

/** What a client calls a tool. */
export interface ToolIdentity {
  readonly name: string;
  /** The group of tools it belongs to, such as an MCP server (Responses). */
  readonly namespace?: string;
  readonly kind?: ClientToolKind;
}

export interface ToolCallPart extends CacheMark {
  readonly kind: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly namespace?: string;
  /** Custom: free text; all others: the text of a JSON object, kept as text. */
  readonly args: string;
  readonly variant: ToolVariant;
  readonly signature?: ReasoningSignature;
}
export interface ToolResultPart extends CacheMark {
  readonly kind: 'tool-result';
  readonly callId: string;
  readonly name?: string;
  readonly parts: readonly (TextPart | ImagePart | FilePart)[];
  readonly isError?: boolean;
}
export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

export type Part =
  | TextPart
  | ImagePart
  | FilePart
  | AudioPart
  | ThinkingPart
  | ToolCallPart
  | ToolResultPart
  | RefusalPart;

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly Part[];
}

export interface FunctionTool extends CacheMark {
  readonly kind: 'function';
  readonly name: string;
  readonly namespace?: string;
  /** It stands for a tool that OpenAI defines. */
  readonly variant?: ClientToolKind;
  readonly description?: string;
  /** JSON Schema of the arguments, in the spelling of the standard (lower-case types). */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}
/** A tool that takes free text, perhaps bound by a grammar. */
export interface CustomTool {
  readonly kind: 'custom';
  readonly name: string;
  readonly namespace?: string;
  readonly description?: string;
  readonly format?: unknown;
}
/** A tool the service itself runs; only the names of `ir/built-in-tools.ts` can be translated. */
export interface BuiltInTool {
  readonly kind: 'built-in';
  readonly name: string;
  readonly raw: unknown;
}
export type Tool = FunctionTool | CustomTool | BuiltInTool;

export type ToolChoice =
  | { readonly kind: 'auto' | 'none' | 'any' }
  | { readonly kind: 'tool'; readonly tool: ToolIdentity }
  /** One of these, or (not required) none. */
  | { readonly kind: 'allowed'; readonly tools: readonly ToolIdentity[]; readonly required: boolean };

/** How much the model may think. `adaptive`: as it sees fit. */
export interface Thinking {
  readonly mode: 'off' | 'adaptive' | 'effort' | 'budget';
  readonly effort?: Effort;
  /** Tokens. */
  readonly budget?: number;
  /** Whether the client asked to see the thinking; undefined: it did not say. */
  readonly show?: boolean;
}

export type OutputFormat =
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema';
      readonly schema: Readonly<Record<string, unknown>>;
      readonly name?: string;
      readonly description?: string;
      readonly strict?: boolean;
    };

/** Sampling numbers; absent: the service's default. */
export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
}

export interface Request {
  readonly model: string;
  readonly stream: boolean;
  /** How many responses the client wants; undefined: one. */
  readonly count?: number;
  /** Whether a chat client asked for the usage chunk of a stream. */
  readonly streamUsage?: boolean;
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelTools?: boolean;
  /** A chat client offered `functions`, and reads the response in that form. */
  readonly legacyFunctions?: boolean;
  readonly maxTokens?: number;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  /** Log probabilities are asked for, of the chosen tokens and of so many of the likeliest. */
  readonly logProbabilities?: { readonly top: number };
  /** The response is to be spoken; the format in OpenAI's words. */
  readonly audioOutput?: { readonly voice?: string; readonly format: string };
  /** The response may hold images. */
  readonly imageOutput?: boolean;
  /** Sources that the client gave are to be cited. */
  readonly documentCitations?: boolean;
  readonly thinking?: Thinking;
  readonly output?: OutputFormat;
  readonly verbosity?: string;
  readonly user?: string;
  readonly cacheKey?: string;
  /** The client's conversation, where it names one but has no cache key: requests of one share a cache upstream. */
  readonly session?: string;
  /** The earlier response that it goes on from; what was said there is among the turns. */
  readonly previousId?: string;
  readonly tier?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}
