// Reads along with an answer that is passed on as it is: has it begun, has it ended, did it fail, what did it use.

import type { EventFields } from '../bytes/sse-scanner.ts';
import type { UpstreamError, Usage } from '../model/events.ts';
import { isObject, type JsonObject, objectOf, objectsOf, parseJson, textOf } from '../model/json.ts';
import { faultOf } from '../model/upstream-error.ts';
import type { Format } from './format.ts';
import type { FormatName } from './format-name.ts';

/** What one event of the upstream means. */
export interface Inspection {
  /** The answer has begun: from here on it cannot be asked of another upstream. */
  readonly begins?: boolean;
  /** The upstream says that it failed. */
  readonly fault?: UpstreamError;
  /** Nothing may follow. */
  readonly last?: boolean;
  /** Only tells the usage that the client did not ask for. */
  readonly usageOnly?: boolean;
}

export interface Tap {
  /** `hasBegun`: whether the answer is already under way, so that less needs to be known. */
  take(fields: EventFields, hasBegun: boolean): Inspection;
  /** Whether a stream that closes now has ended by the rules of its format. */
  readonly isComplete: boolean;
  /** The last value of each count so far. Parses what was set aside. */
  readonly usage: Partial<Usage> | undefined;
}

const plain: Inspection = {};
const begins: Inspection = { begins: true };
const unknown = { status: 502, message: 'The upstream reported an error.' };
const parse = (data: Buffer) => parseJson(data.toString());
const notJson = (data: Buffer): Inspection => ({
  fault: { status: 502, message: `The upstream sent an event that is no JSON: ${data.toString().slice(0, 200)}` },
});

/**
 * The member's value, if it is there and not null. A quoted name cannot stand inside of a string, since its quotes
 * would be escaped there: looking for its bytes is enough to know that nothing has to be parsed.
 */
function hasMember(data: Buffer, quoted: Buffer): boolean {
  for (let at = data.indexOf(quoted); at >= 0; at = data.indexOf(quoted, at)) {
    at += quoted.length;
    while (data[at] === 0x20) at++;
    if (data[at] !== 0x3a) continue;
    at++;
    while (data[at] === 0x20) at++;
    if (data[at] !== 0x6e) return true;
  }
  return false;
}

const quoted = (name: string) => Buffer.from(JSON.stringify(name));
const errorName = quoted('error');
const usageName = quoted('usage');
const usageMetadataName = quoted('usageMetadata');
const finishName = quoted('finish_reason');
const finishCamelName = quoted('finishReason');
const blockName = quoted('blockReason');
const done = Buffer.from('[DONE]');

/** Merges usage that comes in parts. */
abstract class UsageTap implements Tap {
  isComplete = false;
  readonly #format: Format | undefined;
  #usage: Partial<Usage> | undefined;

  constructor(format: Format | undefined) {
    this.#format = format;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#usage;
  }

  abstract take(fields: EventFields, hasBegun: boolean): Inspection;

  protected addUsage(json: unknown): void {
    const usage = this.#format?.usage(json);
    if (usage !== undefined) this.#usage = { ...this.#usage, ...usage };
  }
}

class ChatTap extends UsageTap {
  take({ data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return plain;
    if (data.equals(done)) {
      const verdict = this.isComplete || hasBegun ? { last: true } : plain;
      this.isComplete ||= hasBegun;
      return verdict;
    }
    const finishes = hasMember(data, finishName);
    if (hasBegun && !finishes && !hasMember(data, usageName) && !hasMember(data, errorName)) return plain;
    const chunk = parse(data);
    if (!isObject(chunk)) return notJson(data);
    if (chunk.error !== undefined && chunk.error !== null) return { fault: faultOf(chunk, unknown) };
    const choices = objectsOf(chunk.choices);
    if (isObject(chunk.usage)) this.addUsage(chunk);
    if (finishes) {
      this.isComplete = true;
      return begins;
    }
    if (choices.length === 0 && isObject(chunk.usage)) return { usageOnly: true };
    return hasBegun || choices.some(({ delta }) => saysSomething(objectOf(delta))) ? begins : plain;
  }
}

/** Whether a delta holds more than the role and empty texts. */
const saysSomething = ({ role: _, ...delta }: JsonObject): boolean =>
  Object.values(delta).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== '' && value !== null && value !== undefined,
  );

const responsesEnds = new Set(['response.completed', 'response.incomplete']);
const responsesFaults = new Set(['response.failed', 'error']);

class ResponsesTap extends UsageTap {
  take({ event, data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined || data.equals(done)) return plain;
    const type = event || typeOf(data);
    if (responsesEnds.has(type)) {
      this.addUsage(objectOf(parse(data)).response);
      this.isComplete = true;
      return { begins: true, last: true };
    }
    if (responsesFaults.has(type)) {
      const json = objectOf(parse(data));
      const response = objectOf(json.response);
      this.addUsage(response);
      return { fault: faultOf(isObject(response.error) ? response : json, unknown) };
    }
    if (hasBegun) return plain;
    if (type === '' || type === 'message') return isObject(parse(data)) ? plain : notJson(data);
    return /\.(?:delta|done)$/.test(type) ? begins : plain;
  }
}

/** The `type` of an event that is not named: near its beginning, as all servers write it, or wherever it is. */
function typeOf(data: Buffer): string {
  const near = /^\s*\{\s*"type"\s*:\s*"([^"\\]*)"/.exec(data.toString('latin1', 0, 120))?.[1];
  return near ?? textOf(objectOf(parse(data)).type);
}

class MessagesTap extends UsageTap {
  take({ event, data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return plain;
    const type = event || typeOf(data);
    if (type === 'message_stop') {
      this.isComplete = true;
      return { begins: true, last: true };
    }
    if (type === 'message_start' || type === 'message_delta') {
      const json = objectOf(parse(data));
      this.addUsage(json);
      return objectOf(json.delta).stop_reason ? begins : plain;
    }
    if (type === 'error') return { fault: faultOf(parse(data), unknown) };
    if (hasBegun) return plain;
    const json = parse(data);
    if (!isObject(json)) return notJson(data);
    if (type === 'content_block_delta') return saysSomething(withoutType(json.delta)) ? begins : plain;
    if (type !== 'content_block_start') return plain;
    return ['text', 'thinking'].includes(textOf(objectOf(json.content_block).type)) ? plain : begins;
  }
}

const withoutType = (value: unknown): JsonObject => {
  const { type: _, ...rest } = objectOf(value);
  return rest;
};

class GeminiTap extends UsageTap {
  /** Usage comes with every chunk and the last one counts: only that one is parsed. */
  #withUsage: Buffer | undefined;

  override get usage(): Partial<Usage> | undefined {
    if (this.#withUsage !== undefined) this.addUsage(parse(this.#withUsage));
    this.#withUsage = undefined;
    return super.usage;
  }

  take({ data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return plain;
    if (hasMember(data, usageMetadataName)) this.#withUsage = Buffer.from(data);
    const ends = hasMember(data, finishCamelName) || hasMember(data, blockName);
    if (ends) this.isComplete = true;
    if (hasBegun && !hasMember(data, errorName)) return plain;
    const json = parse(data);
    const chunk = Array.isArray(json) ? json[0] : json;
    if (!isObject(chunk)) return notJson(data);
    if (isObject(chunk.error)) return { fault: faultOf(chunk, unknown) };
    const parts = objectsOf(chunk.candidates).flatMap(({ content }) => objectsOf(objectOf(content).parts));
    return ends || parts.some(saysSomething) ? begins : plain;
  }
}

const taps: Readonly<Record<FormatName, new (format: Format | undefined) => Tap>> = {
  chat: ChatTap,
  completions: ChatTap,
  responses: ResponsesTap,
  codex: ResponsesTap,
  messages: MessagesTap,
  gemini: GeminiTap,
  'gemini-cli': GeminiTap,
};

/** A tap for streams of a format; `format` reads the usage. */
export const openTap = (name: FormatName, format: Format | undefined): Tap => new taps[name](format);
