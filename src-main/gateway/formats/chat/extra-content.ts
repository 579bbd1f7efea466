// Where Gemini's chat form carries the signature of a call, which must come back with it
// (ai.google.dev/gemini-api/docs/thought-signatures, OpenAI compatibility).
import type { JsonObject } from '../../../../src-shared/json.ts';
import { objectOf, textOf } from '../../model/json.ts';
import type { ReasoningSignature } from '../../model/request.ts';

/** The signature of a call in a response or a conversation. */
export function callSignature(call: JsonObject): ReasoningSignature | undefined {
  const value = textOf(objectOf(objectOf(call.extra_content).google).thought_signature);
  return value === '' ? undefined : { issuer: 'google', value };
}

export const extraContent = (signature: string): JsonObject => ({
  extra_content: { google: { thought_signature: signature } },
});
