// A conversation that no longer fits into the model's context. Clients shorten it when they recognize the error, and
// each looks for the words of its own service.
import type { UpstreamError } from '../events.ts';

/** OpenAI's code for it. */
export const overflowCode = 'context_length_exceeded';

/** What services write: Anthropic, OpenAI and servers like it, Google, xAI, llama.cpp. */
const phrases = [
  'prompt is too long',
  'exceed context limit',
  'maximum context length',
  'exceeds the context window',
  'input token count',
  'maximum prompt length',
  'exceeds the available context size',
];

export function isContextOverflow({ status, code, message }: UpstreamError): boolean {
  if (code === overflowCode) return true;
  const text = message.toLowerCase();
  return (status === 400 || status === 413) && phrases.some((phrase) => text.includes(phrase));
}
