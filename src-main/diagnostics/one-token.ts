// The smallest question to a model, in the format of its service: one token, which proves that a key may use it.
import type { JsonObject } from '../../src-shared/json.ts';
import type { KeyUpstream } from '../providers/provider.ts';

const question = 'Hi';

const messages = [{ role: 'user', content: question }];

/** OpenAI's Responses API takes no lower limit: "Expected a value >= 16". */
const leastTokens = 16;

type BodyOf = (model: string) => JsonObject;

/** Requests for exactly one token by wire format, and after them those for models that reject such a limit. */
const bodies: Readonly<Partial<Record<KeyUpstream['format'], readonly BodyOf[]>>> = {
  chat: [
    (model) => ({ model, messages, max_tokens: 1 }),
    // Models that reason know the limit by this name alone.
    (model) => ({ model, messages, max_completion_tokens: leastTokens }),
  ],
  messages: [(model) => ({ model, messages, max_tokens: 1 })],
  responses: [
    (model) => ({ model, input: question, max_output_tokens: 1 }),
    (model) => ({ model, input: question, max_output_tokens: leastTokens }),
  ],
  gemini: [
    () => ({ contents: [{ role: 'user', parts: [{ text: question }] }], generationConfig: { maxOutputTokens: 1 } }),
  ],
};

/** Bodies of the smallest request, each for where the one before is rejected; none for formats of accounts. */
export const oneTokenBodies = (format: KeyUpstream['format'], model: string): readonly JsonObject[] =>
  (bodies[format] ?? []).map((bodyOf) => bodyOf(model));

/** Whether a service has rejected a request because of its limit of tokens. */
export const rejectsLimit = ({ status, text }: { readonly status: number; readonly text: string | undefined }) =>
  status === 400 && /max_(?:completion_|output_)?tokens/.test(text ?? '');

/** Models that are not for talking to. */
const otherKinds = /embed|whisper|tts|image|audio|moderation|rerank|transcri|dall-e|realtime/i;
const small = /haiku|mini|nano|flash|lite|small/i;

/** Of the models that a service lists, the one to ask: a small one where names tell. `''` when none will do. */
export function modelToAsk(listed: readonly string[]): string {
  const talking = listed.filter((name) => !otherKinds.test(name));
  return talking.find((name) => small.test(name)) ?? talking[0] ?? '';
}
