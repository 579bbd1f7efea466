// The smallest question to a model, in the format of its service: one token, which proves that a key may use it.
import type { JsonObject } from '../../src-shared/json.ts';
import type { KeyUpstream } from '../providers/provider.ts';

const question = 'Hi';

const messages = [{ role: 'user', content: question }];

/** Requests for exactly one token, by wire format. */
const bodies: Readonly<Partial<Record<KeyUpstream['format'], (model: string) => JsonObject>>> = {
  chat: (model) => ({ model, messages, max_tokens: 1 }),
  messages: (model) => ({ model, messages, max_tokens: 1 }),
  responses: (model) => ({ model, input: question, max_output_tokens: 1 }),
  gemini: () => ({
    contents: [{ role: 'user', parts: [{ text: question }] }],
    generationConfig: { maxOutputTokens: 1 },
  }),
};

/** The body of a request for exactly one token; `undefined` for formats of accounts. */
export const oneTokenBody = (format: KeyUpstream['format'], model: string): JsonObject | undefined =>
  bodies[format]?.(model);

/** Models that are not for talking to. */
const otherKinds = /embed|whisper|tts|image|audio|moderation|rerank|transcri|dall-e|realtime/i;
const small = /haiku|mini|nano|flash|lite|small/i;

/** Of the models that a service lists, the one to ask: a small one where names tell. `''` when none will do. */
export function modelToAsk(listed: readonly string[]): string {
  const talking = listed.filter((name) => !otherKinds.test(name));
  return talking.find((name) => small.test(name)) ?? talking[0] ?? '';
}
