// Brings a neutral request into a shape the upstream's format can express, before that format writes it.

import { wrapCustomTools } from '../model/custom-tools.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';
import { normalizeTurns } from '../model/normalize-turns.ts';
import type { Part, Request, Turn } from '../model/request.ts';
import type { SignatureCache } from '../model/signature-cache.ts';
import { type ToolNames, toolId } from '../model/tool-names.ts';
import type { Format, Target } from './format.ts';
import { reportUnsupported } from './support.ts';

export interface AdaptContext {
  readonly upstream: Format;
  readonly target: Target;
  readonly signatures: SignatureCache;
  readonly names: ToolNames;
  readonly dropped: DroppedFields;
}

const knowsCustomTools = ({ upstream, target }: AdaptContext): boolean =>
  upstream.customTools || target.quirks.customTools;

export function adaptRequest(request: Request, context: AdaptContext): Request {
  const { upstream, dropped, names, signatures } = context;
  reportUnsupported(request, upstream.support, dropped);
  const offered = withoutUnknownTools(request, context);
  const remembered = { ...offered, turns: offered.turns.map((turn) => withSignatures(turn, signatures)) };
  const wrapped = knowsCustomTools(context) ? remembered : wrapCustomTools(remembered);
  return normalizeTurns(withLegalNames(wrapped, names), dropped, { userFirst: upstream.userFirst });
}

/** Tools of the service that the upstream does not have. */
function withoutUnknownTools(request: Request, { upstream, dropped }: AdaptContext): Request {
  const isKnown = (tool: Request['tools'][number]): boolean =>
    tool.kind !== 'built-in' || upstream.builtInTools.has(tool.name);
  const tools = request.tools.filter(isKnown);
  for (const tool of request.tools.filter((one) => !isKnown(one))) {
    const forced = request.toolChoice?.kind === 'tool' && request.toolChoice.name === tool.name;
    dropped.add(forced || tools.length === 0 ? 'fatal' : 'warn', 'tools', `the upstream has no tool like ${tool.name}`);
  }
  return { ...request, tools };
}

/** Puts reasoning state back that the client's format could not carry. */
function withSignatures(turn: Turn, signatures: SignatureCache): Turn {
  if (turn.role === 'user') return turn;
  const parts = turn.parts.map((part): Part => {
    const call = part.kind === 'tool-call' && !part.signature ? signatures.get(part.id)?.call : undefined;
    return call ? ({ ...part, signature: call } as Part) : part;
  });
  if (parts.some((part) => part.kind === 'thinking' && part.signature)) return { ...turn, parts };
  const call = parts.find((part) => part.kind === 'tool-call');
  const thinking = call?.kind === 'tool-call' ? signatures.get(call.id)?.thinking : undefined;
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
