// Brings a neutral request into a shape the upstream's format can express, before that format writes it.

import { wrapCustomTools } from '../model/custom-tools.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';
import { withTrueImageTypes } from '../model/image-types.ts';
import { normalizeTurns, withDistinctCallIds } from '../model/normalize-turns.ts';
import type { SignatureCache } from '../model/reasoning/signature-cache.ts';
import type {
  CustomTool,
  FunctionTool,
  Part,
  Request,
  Tool,
  ToolCallPart,
  ToolIdentity,
  Turn,
} from '../model/request.ts';
import { identityOf, type ToolNames, toolId } from '../model/tool-names.ts';
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
  const readable = { ...offered, turns: offered.turns.map(withTrueImageTypes) };
  const normalized = normalizeTurns(readable, dropped, { userFirst: upstream.userFirst });
  // Reasoning belongs to the start of a whole turn, which several items of a client may make up.
  const remembered = { ...normalized, turns: normalized.turns.map((turn) => withReasoning(turn, signatures)) };
  const distinct = withDistinctCallIds(remembered);
  const adapted = withLegalNames(knowsCustomTools(context) ? distinct : wrapCustomTools(distinct), names);
  return upstream.withCacheMarks?.(adapted) ?? adapted;
}

/** Tools of the service that the upstream does not have. */
function withoutUnknownTools(request: Request, { upstream, dropped }: AdaptContext): Request {
  const isKnown = (tool: Request['tools'][number]): boolean =>
    tool.kind !== 'built-in' || upstream.builtInTools.has(tool.name);
  const tools = request.tools.filter(isKnown);
  for (const tool of request.tools.filter((one) => !isKnown(one))) {
    const forced = request.toolChoice?.kind === 'tool' && request.toolChoice.tool.name === tool.name;
    dropped.add(forced || tools.length === 0 ? 'fatal' : 'warn', 'tools', `the upstream has no tool like ${tool.name}`);
  }
  return { ...request, tools };
}

/** Puts reasoning back that the client's format could not carry, once, at the start of the turn. */
function withReasoning(turn: Turn, signatures: SignatureCache): Turn {
  if (turn.role === 'user') return turn;
  const parts = turn.parts.map((part): Part => {
    const call = part.kind === 'tool-call' && !part.signature ? signatures.get(part.id)?.call : undefined;
    return call ? ({ ...part, signature: call } as Part) : part;
  });
  if (parts.some((part) => part.kind === 'thinking' && part.signature)) return { ...turn, parts: thinkingFirst(parts) };
  // What is kept for a later call of a turn begins with what is kept for the earlier ones.
  const kept = parts.map((part) => (part.kind === 'tool-call' ? signatures.get(part.id)?.thinking : undefined));
  const thinking = kept.findLast((one) => one !== undefined && one.length > 0);
  if (thinking === undefined) return { ...turn, parts: thinkingFirst(parts) };
  return { ...turn, parts: [...thinking, ...parts.filter((part) => part.kind !== 'thinking')] };
}

/** Reasoning before the first call of a turn stands at its start: services demand it there. */
function thinkingFirst(parts: readonly Part[]): readonly Part[] {
  const call = parts.findIndex(({ kind }) => kind === 'tool-call');
  const isFirst = (part: Part, at: number): boolean => part.kind === 'thinking' && (call < 0 || at < call);
  if (call < 0 || !parts.some(isFirst)) return parts;
  return [...parts.filter(isFirst), ...parts.filter((part, at) => !isFirst(part, at))];
}

function withLegalNames(request: Request, names: ToolNames): Request {
  const called = new Map<string, string>();
  const part = (given: Part): Part => {
    if (given.kind === 'tool-call') {
      const { namespace: _, variant, ...rest } = given;
      const call: ToolCallPart = {
        ...rest,
        id: toolId(given.id),
        name: names.outgoing(identityOf(given)),
        variant: variant === 'custom' ? variant : 'function',
      };
      called.set(call.id, call.name);
      return call;
    }
    if (given.kind !== 'tool-result') return given;
    const callId = toolId(given.callId);
    const name = called.get(callId);
    return { ...given, callId, ...(name === undefined ? {} : { name }) };
  };
  // A tool without a namespace keeps its name, whatever tools of namespaces stand before it.
  for (const tool of request.tools) if (!('namespace' in tool || 'variant' in tool)) names.outgoing(identityOf(tool));
  const { toolChoice: choice } = request;
  const chosen = (tool: ToolIdentity): ToolIdentity => ({ name: names.outgoing(tool) });
  return {
    ...request,
    tools: request.tools.map((tool) =>
      tool.kind === 'built-in' ? tool : renamed(tool, names.outgoing(identityOf(tool))),
    ),
    turns: request.turns.map((turn) => ({ role: turn.role, parts: turn.parts.map(part) })),
    ...(choice?.kind === 'tool' ? { toolChoice: { ...choice, tool: chosen(choice.tool) } } : {}),
    ...(choice?.kind === 'allowed' ? { toolChoice: { ...choice, tools: choice.tools.map(chosen) } } : {}),
  };
}

function renamed(tool: FunctionTool | CustomTool, name: string): Tool {
  if (tool.kind === 'custom') {
    const { namespace: _, ...rest } = tool;
    return { ...rest, name };
  }
  const { namespace: _, variant: __, ...rest } = tool;
  return { ...rest, name };
}
