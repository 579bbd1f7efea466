// A rough count of a request's tokens, for upstreams that cannot count. Responses made from it are marked as estimates.
import type { Part, Request, Source } from './request.ts';

/** Ordinary tokenizers make about four Latin letters, but hardly two of other scripts, one token. */
const textTokens = (text: string): number => {
  let latin = 0;
  let other = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x7f) latin += 1;
    // The second half of a surrogate pair is part of the same letter.
    else if (unit < 0xdc00 || unit > 0xdfff) other += 1;
  }
  return latin / 4 + other / 1.5;
};

/** Input tokens of plain texts, rounded up. */
export const estimateTextTokens = (texts: readonly string[]): number =>
  Math.ceil(texts.reduce((sum, text) => sum + textTokens(text), 0));

/** A picture of a usual size; none of the formats tells its pixels. */
const imageTokens = 1000;
/** What the formats add around each message or tool. */
const frameTokens = 4;

/** A page of a document is about 50 kB and 2000 tokens. */
const fileTokens = (source: Source): number =>
  source.kind === 'text'
    ? textTokens(source.text)
    : source.kind === 'base64'
      ? Math.max(source.data.length / 33, 100)
      : 2000;

function partTokens(part: Part): number {
  switch (part.kind) {
    case 'text':
    case 'refusal':
    case 'thinking':
      return textTokens(part.text);
    case 'image':
      return imageTokens;
    case 'file':
      return fileTokens(part.source);
    case 'audio':
      return part.data.length / 100;
    case 'tool-call':
      return frameTokens + textTokens(part.name) + textTokens(part.args);
    case 'tool-result':
      return part.parts.reduce((sum, inner) => sum + partTokens(inner), frameTokens);
  }
}

/** Input tokens of a request, rounded up; at least 1. */
export function estimateTokens(request: Request): number {
  const system = request.system.reduce((sum, part) => sum + partTokens(part), 0);
  const turns = request.turns.reduce(
    (sum, turn) => turn.parts.reduce((inner, part) => inner + partTokens(part), sum + frameTokens),
    0,
  );
  const tools = request.tools.reduce((sum, tool) => sum + frameTokens + textTokens(JSON.stringify(tool)), 0);
  return Math.max(Math.ceil(system + turns + tools), 1);
}
