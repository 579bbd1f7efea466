// Prompt-cache marks for clients whose format has none: without them Claude reads the whole prompt at full price each turn
// (platform.claude.com, prompt caching, November 2026: at most four marks; prompts under 1,024 tokens are not cached).
import type { Part, Request, Tool, Turn } from '../../model/request.ts';

/** Characters below which no prompt reaches the least number of tokens. */
const minCharacters = 2048;
const mark = { type: 'ephemeral' } as const;

/**
 * The request with a mark behind the part that stays the same (tools and system texts), and one at the end of a
 * conversation that goes on. A client that sets marks knows better; short requests are left as they are.
 */
export function withCacheMarks(request: Request): Request {
  if (hasMarks(request)) return request;
  const fixed = withFixedPartMarked(request);
  const isUnderway = request.turns.some(({ role }) => role === 'assistant');
  if (!isUnderway || charactersIn(request) < minCharacters) return fixed;
  return { ...fixed, turns: withLastMarked(fixed.turns) };
}

const hasMarks = ({ system, tools, turns }: Request): boolean =>
  [...system, ...tools, ...turns.flatMap(({ parts }) => parts)].some(
    (one) => 'cache' in one && one.cache !== undefined,
  );

/** Tools stand before the system texts: a mark on the last of these covers both. */
function withFixedPartMarked(request: Request): Request {
  const { system, tools } = request;
  if (fixedCharacters(request) < minCharacters) return request;
  const last = system.findLastIndex(({ text }) => text.trim() !== '');
  if (last >= 0) return { ...request, system: markedAt(system, last) };
  const tool = tools.findLastIndex(({ kind }) => kind === 'function');
  return tool < 0 ? request : { ...request, tools: markedAt<Tool>(tools, tool) };
}

function withLastMarked(turns: readonly Turn[]): readonly Turn[] {
  const at = turns.length - 1;
  const last = turns[at];
  if (last?.role !== 'user') return turns;
  const part = last.parts.findLastIndex(({ kind }) => kind !== 'thinking' && kind !== 'audio' && kind !== 'refusal');
  return part < 0 ? turns : turns.with(at, { ...last, parts: markedAt<Part>(last.parts, part) });
}

const markedAt = <One extends object>(list: readonly One[], index: number): readonly One[] =>
  list.map((one, at) => (at === index ? { ...one, cache: mark } : one));

const fixedCharacters = ({ system, tools }: Request): number =>
  system.reduce((sum, { text }) => sum + text.length, 0) + (tools.length === 0 ? 0 : JSON.stringify(tools).length);

const charactersIn = (request: Request): number =>
  request.turns.reduce((sum, { parts }) => sum + parts.reduce((all, part) => all + charactersOf(part), 0), 0) +
  fixedCharacters(request);

function charactersOf(part: Part): number {
  if (part.kind === 'tool-result') return part.parts.reduce((sum, inner) => sum + charactersOf(inner), 0);
  if (part.kind === 'tool-call') return part.args.length;
  // Pictures and files cost far more tokens than the address or name that stands for them.
  return 'text' in part ? part.text.length : minCharacters;
}
