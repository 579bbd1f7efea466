// Puts the turns of a conversation in the order every service accepts, whatever the client sent.
import type { DroppedFields } from './dropped-fields.ts';
import type { Part, Request, ToolCallPart, ToolResultPart, Turn } from './request.ts';

interface Placed {
  readonly role: Turn['role'];
  readonly parts: readonly { readonly part: Part; readonly path: string }[];
}

const isEmpty = (part: Part): boolean => (part.kind === 'text' || part.kind === 'refusal') && part.text.trim() === '';

/** Joins neighbours of one role and drops empty texts, keeping where everything came from. */
function joined(turns: readonly Turn[]): readonly Placed[] {
  const placed: { role: Turn['role']; parts: { part: Part; path: string }[] }[] = [];
  for (const [at, turn] of turns.entries()) {
    const parts = turn.parts.map((part, index) => ({ part, path: `turns[${at}].parts[${index}]` }));
    const kept = parts.filter(({ part }) => !isEmpty(part));
    if (kept.length === 0) continue;
    const last = placed.at(-1);
    if (last?.role === turn.role) last.parts.push(...kept);
    else placed.push({ role: turn.role, parts: kept });
  }
  return placed;
}

const missingResult = (call: ToolCallPart): ToolResultPart => ({
  kind: 'tool-result',
  callId: call.id,
  name: call.name,
  parts: [{ kind: 'text', text: 'No result was recorded for this call.' }],
  isError: true,
});

/** The results of a user turn first, in the order of the calls, one for each call; then the rest. */
function answered(calls: readonly ToolCallPart[], turn: Placed | undefined, dropped: DroppedFields): readonly Part[] {
  const results = new Map<string, ToolResultPart>();
  const rest: Part[] = [];
  for (const { part, path } of turn?.parts ?? []) {
    if (part.kind !== 'tool-result') rest.push(part);
    else if (!calls.some(({ id }) => id === part.callId))
      dropped.add('warn', path, 'result of a call that was not made in the turn before');
    else if (results.has(part.callId)) dropped.add('warn', path, 'second result of one call');
    else results.set(part.callId, part);
  }
  const ordered = calls.map((call) => {
    const result = results.get(call.id);
    if (!result) dropped.add('info', 'turns', `call ${call.name} has no result; one that says so was added`);
    return result ? { ...result, name: call.name } : missingResult(call);
  });
  return [...ordered, ...rest];
}

/** Calls that share an id with an earlier one get their own, and so do their results. */
export const withDistinctCallIds = (request: Request): Request => ({ ...request, turns: distinctIds(request.turns) });

function distinctIds(turns: readonly Turn[]): readonly Turn[] {
  const seen = new Map<string, number>();
  let renamed = new Map<string, string>();
  return turns.map((turn) => {
    if (turn.role === 'assistant') renamed = new Map();
    return {
      role: turn.role,
      parts: turn.parts.map((part): Part => {
        if (part.kind === 'tool-result') return { ...part, callId: renamed.get(part.callId) ?? part.callId };
        if (part.kind !== 'tool-call') return part;
        const count = (seen.get(part.id) ?? 0) + 1;
        seen.set(part.id, count);
        if (count === 1) return part;
        const id = `${part.id}_${count}`;
        renamed.set(part.id, id);
        return { ...part, id };
      }),
    };
  });
}

/**
 * Turns that alternate, without empty texts, every call answered in the turn after it, results first, no result without
 * a call. With `userFirst`, a user turn is first, made of the system text when there is nothing else.
 */
export function normalizeTurns(
  request: Request,
  dropped: DroppedFields,
  options: { readonly userFirst: boolean },
): Request {
  const turns: Turn[] = [];
  const placed = joined(request.turns);
  let open: readonly ToolCallPart[] = [];
  for (const [at, turn] of placed.entries()) {
    if (turn.role === 'assistant') {
      const parts = turn.parts.map(({ part }) => part);
      turns.push({ role: 'assistant', parts });
      open = parts.filter((part) => part.kind === 'tool-call');
      if (open.length > 0 && placed[at + 1] === undefined)
        turns.push({ role: 'user', parts: answered(open, undefined, dropped) });
      continue;
    }
    const parts = answered(open, turn, dropped);
    open = [];
    if (parts.length > 0) turns.push({ role: 'user', parts });
  }
  const system = [...request.system];
  if (options.userFirst && turns.length === 0) turns.push({ role: 'user', parts: system.splice(0) });
  if (options.userFirst && turns[0]?.role === 'assistant') {
    dropped.add('info', 'turns', 'the conversation began with the assistant; a short user turn was put first');
    turns.unshift({ role: 'user', parts: [{ kind: 'text', text: '(continued)' }] });
  }
  return { ...request, system, turns };
}
