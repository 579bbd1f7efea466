// The tools of a Responses request: in `tools`, in groups, and in items of the conversation.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { booleanOf, defined, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { Tool, ToolChoice, ToolIdentity } from '../../model/request.ts';
import { identityOf, toolKey } from '../../model/tool-names.ts';
import { builtInName } from '../shared/built-in-tools.ts';
import { wordedChoice } from '../shared/request-reading.ts';
import { clientTool, isClientToolKind } from './client-tools.ts';

/** Items that bring further tools: those that come with a request (Codex), and those a search has found. */
const toolItems = new Set<unknown>(['additional_tools', 'tool_search_output']);

/** All definitions of a request, in the order in which they came. */
export const toolLists = (tools: unknown, items: readonly JsonObject[]): readonly JsonObject[] => [
  ...objectsOf(tools),
  ...items.filter(({ type }) => toolItems.has(type)).flatMap((item) => objectsOf(item.tools)),
];

/** A tool that is defined twice is offered once, where it came first: caches begin with the tools. */
export function readTools(definitions: readonly JsonObject[], dropped: DroppedFields): readonly Tool[] {
  const tools = new Map<string, Tool>();
  for (const tool of definitions.flatMap((definition) => readTool(definition, undefined, dropped))) {
    const key = toolKey(identityOf(tool));
    if (!tools.has(key)) tools.set(key, tool);
  }
  return [...tools.values()];
}

function readTool(given: JsonObject, namespace: string | undefined, dropped: DroppedFields): readonly Tool[] {
  // Some clients wrap functions as chat completions does.
  const tool = given.type === 'function' && isObject(given.function) ? { ...given.function, type: 'function' } : given;
  if (tool.type === 'namespace')
    return objectsOf(tool.tools).flatMap((inner) => readTool(inner, textOf(tool.name), dropped));
  const named = { name: textOf(tool.name), namespace, description: stringOf(tool.description) };
  if (tool.type === 'custom') return [defined({ kind: 'custom' as const, ...named, format: tool.format })];
  if (isClientToolKind(tool.type)) return clientTool(tool.type, tool, dropped);
  if (tool.type !== 'function') return [{ kind: 'built-in', name: builtInName(textOf(tool.type)), raw: tool }];
  return [
    defined({
      kind: 'function' as const,
      ...named,
      schema: isObject(tool.parameters) ? tool.parameters : undefined,
      strict: booleanOf(tool.strict),
    }),
  ];
}

export function readChoice(choice: unknown): ToolChoice | undefined {
  if (!isObject(choice)) return wordedChoice(choice);
  if (choice.type === 'allowed_tools')
    return { kind: 'allowed', tools: objectsOf(choice.tools).map(reference), required: choice.mode === 'required' };
  const inner = objectOf(choice.function);
  // Some clients wrap the choice as chat completions or Messages does.
  if (stringOf(inner.name) !== undefined) return { kind: 'tool', tool: reference(inner) };
  return (
    (choice.name === undefined ? wordedChoice(choice.type) : undefined) ?? { kind: 'tool', tool: reference(choice) }
  );
}

function reference(choice: JsonObject): ToolIdentity {
  if (isClientToolKind(choice.type)) return { name: choice.type, kind: choice.type };
  const name = textOf(choice.name) || builtInName(textOf(choice.type));
  return defined({ name, namespace: stringOf(choice.namespace) });
}
