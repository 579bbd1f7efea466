// Brings a neutral request into a shape the upstream's form can express, before that form writes it.

import { wrapCustomTools } from '../model/custom-tools.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';
import { repairTurns } from '../model/normalize-turns.ts';
import type { Part, Request, Turn } from '../model/request.ts';
import type { SignatureCache } from '../model/signature-cache.ts';
import { type ToolNames, toolId } from '../model/tool-names.ts';
import type { Target } from './format.ts';
import type { FormatName } from './format-name.ts';
import { builtInFor } from './shared/built-in-tools.ts';
import { reportLosses } from './support.ts';

export interface PrepareContext {
  readonly upstream: FormatName;
  readonly target: Target;
  readonly opaque: SignatureCache;
  readonly names: ToolNames;
  readonly losses: DroppedFields;
}

const knowsCustomTools = ({ upstream, target }: PrepareContext): boolean =>
  upstream === 'responses' || upstream === 'codex' || target.quirks.customTools;

export function prepare(request: Request, context: PrepareContext): Request {
  const { upstream, losses, names, opaque } = context;
  reportLosses(request, upstream, losses);
  const offered = withoutUnknownTools(request, context);
  const remembered = { ...offered, turns: offered.turns.map((turn) => withOpaque(turn, opaque)) };
  const wrapped = knowsCustomTools(context) ? remembered : wrapCustomTools(remembered);
  return repairTurns(withLegalNames(wrapped, names), losses, { userFirst: upstream !== 'chat' });
}

/** Tools of the service that the upstream does not have. */
function withoutUnknownTools(request: Request, { upstream, losses }: PrepareContext): Request {
  const isKnown = (tool: Request['tools'][number]): boolean =>
    tool.kind !== 'built-in' || builtInFor(upstream, tool.name) !== undefined;
  const tools = request.tools.filter(isKnown);
  for (const tool of request.tools.filter((one) => !isKnown(one))) {
    const forced = request.toolChoice?.kind === 'tool' && request.toolChoice.name === tool.name;
    losses.add(forced || tools.length === 0 ? 'fatal' : 'warn', 'tools', `the upstream has no tool like ${tool.name}`);
  }
  return { ...request, tools };
}

/** Puts reasoning state back that the client's form could not carry. */
function withOpaque(turn: Turn, state: SignatureCache): Turn {
  if (turn.role === 'user') return turn;
  const parts = turn.parts.map((part): Part => {
    const call = part.kind === 'tool-call' && !part.opaque ? state.get(part.id)?.call : undefined;
    return call ? ({ ...part, opaque: call } as Part) : part;
  });
  if (parts.some((part) => part.kind === 'thinking' && part.opaque)) return { ...turn, parts };
  const call = parts.find((part) => part.kind === 'tool-call');
  const thinking = call?.kind === 'tool-call' ? state.get(call.id)?.thinking : undefined;
  if (!thinking || thinking.length === 0) return { ...turn, parts };
  return { ...turn, parts: [...thinking, ...parts.filter((part) => part.kind !== 'thinking')] };
}

function withLegalNames(request: Request, names: ToolNames): Request {
  const part = (given: Part): Part => {
    if (given.kind === 'tool-call') return { ...given, id: toolId(given.id), name: names.outgoing(given.name) };
    return given.kind === 'tool-result' ? { ...given, callId: toolId(given.callId) } : given;
  };
  const { toolChoice: choice } = request;
  return {
    ...request,
    tools: request.tools.map((tool) =>
      tool.kind === 'built-in' ? tool : { ...tool, name: names.outgoing(tool.name) },
    ),
    turns: request.turns.map((turn) => ({ role: turn.role, parts: turn.parts.map(part) })),
    ...(choice?.kind === 'tool' ? { toolChoice: { ...choice, name: names.outgoing(choice.name) } } : {}),
    ...(choice?.kind === 'allowed'
      ? { toolChoice: { ...choice, names: choice.names.map((name) => names.outgoing(name)) } }
      : {}),
  };
}
