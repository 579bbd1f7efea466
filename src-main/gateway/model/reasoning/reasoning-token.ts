// Reasoning in a text that a client keeps for us: the Gemini format has a place for signatures, clients return what stands
// there with the call, most of them without the call's id, and it outlives a restart. Nothing in it is secret from the
// client, and nothing is believed that the client could not say itself.
import { isObject, parseJson } from '../../../../src-shared/json.ts';
import { defined, objectOf, objectsOf, stringOf, textOf } from '../json.ts';
import type { Issuer, ReasoningSignature, ThinkingPart } from '../request.ts';

export interface RememberedCall {
  readonly id: string;
  /** Before the call, in the same turn. */
  readonly thinking: readonly ThinkingPart[];
}

/** Its length is a multiple of three, so that it is the same in Base64 whatever follows. */
const mark = 'gw-reason-1:';
const prefix = Buffer.from(mark).toString('base64');

/** Bytes of JSON; a token with more would be paid for with every request. */
const maxBytes = 256 * 1024;

/** SDKs read the field as Base64, some change its alphabet to that of addresses. */
export function reasoningToken(call: RememberedCall): string {
  const whole = JSON.stringify(call);
  const json = whole.length <= maxBytes ? whole : JSON.stringify({ id: call.id, thinking: [] });
  return Buffer.from(mark + json).toString('base64');
}

export const isReasoningToken = (signature: string): boolean => signature.startsWith(prefix);

/** How a token begins in the bytes of a body. */
export const tokenStart: Buffer = Buffer.from(prefix);

/** Undefined for what is no token of ours, or is broken. */
export function readReasoningToken(signature: string): RememberedCall | undefined {
  if (!isReasoningToken(signature)) return undefined;
  const json = parseJson(Buffer.from(signature, 'base64').toString().slice(mark.length));
  const id = stringOf(objectOf(json).id);
  if (!isObject(json) || id === undefined) return undefined;
  return { id, thinking: objectsOf(json.thinking).map(readThinking) };
}

function readThinking(part: Readonly<Record<string, unknown>>): ThinkingPart {
  return defined({
    kind: 'thinking' as const,
    text: textOf(part.text),
    signature: readSignature(objectOf(part.signature)),
    redacted: part.redacted === true ? true : undefined,
  });
}

const issuers: readonly Issuer[] = ['anthropic', 'google', 'openai'];

function readSignature({ issuer: name, value, id }: Readonly<Record<string, unknown>>): ReasoningSignature | undefined {
  const issuer = issuers.find((one) => one === name);
  return issuer === undefined || typeof value !== 'string' ? undefined : defined({ issuer, value, id: stringOf(id) });
}
