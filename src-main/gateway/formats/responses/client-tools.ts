// Tools that OpenAI defines and the client runs. Other services are offered them as functions, and calls go back to the
// client as the items it expects (types LocalShellCall, ShellCall, ApplyPatchCall, ToolSearchCall of OpenAI's SDK).
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { argumentsOf, defined, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { ClientToolKind, Tool, Turn } from '../../model/request.ts';
import { joinedName } from '../../model/tool-names.ts';

interface ClientTool {
  /** Types of the item that calls it and of the one that answers. */
  readonly call: string;
  readonly output: string;
  readonly idPrefix: string;
  /** The member of a call that holds its arguments, and what these always have. */
  readonly field: string;
  readonly defaults: JsonObject;
  readonly description: string;
  readonly schema: JsonObject;
}

const text = { type: 'string' };
const texts = { type: 'array', items: text };

const clientTools: Readonly<Record<ClientToolKind, ClientTool>> = {
  tool_search: {
    call: 'tool_search_call',
    output: 'tool_search_output',
    idPrefix: 'tsc_',
    field: 'arguments',
    defaults: {},
    description: 'Searches for further tools. Those that are found can be called afterwards.',
    schema: { type: 'object', properties: { query: text }, required: ['query'] },
  },
  local_shell: {
    call: 'local_shell_call',
    output: 'local_shell_call_output',
    idPrefix: 'lsh_',
    field: 'action',
    defaults: { type: 'exec', command: [], env: {} },
    description: 'Runs a command on the machine of the user.',
    schema: {
      type: 'object',
      properties: { command: texts, working_directory: text, timeout_ms: { type: 'integer' } },
      required: ['command'],
    },
  },
  shell: {
    call: 'shell_call',
    output: 'shell_call_output',
    idPrefix: 'sh_',
    field: 'action',
    defaults: { commands: [], timeout_ms: null, max_output_length: null },
    description: 'Runs shell commands, each in a shell of its own.',
    schema: {
      type: 'object',
      properties: { commands: texts, timeout_ms: { type: 'integer' }, max_output_length: { type: 'integer' } },
      required: ['commands'],
    },
  },
  apply_patch: {
    call: 'apply_patch_call',
    output: 'apply_patch_call_output',
    idPrefix: 'apc_',
    field: 'operation',
    defaults: {},
    description:
      'Creates, updates or deletes one file. The diff is in the V4A format: lines of context begin with a space, removed ones with -, added ones with +, and @@ names the place.',
    schema: {
      type: 'object',
      properties: {
        type: { type: 'string', enum: ['create_file', 'update_file', 'delete_file'] },
        path: text,
        diff: text,
      },
      required: ['type', 'path'],
    },
  },
};

const kinds = Object.keys(clientTools) as readonly ClientToolKind[];

export const isClientToolKind = (word: unknown): word is ClientToolKind => kinds.some((kind) => kind === word);

/** The kind whose calls are items of this type. */
export const kindOfCall = (type: unknown): ClientToolKind | undefined =>
  kinds.find((kind) => clientTools[kind].call === type);

export const clientToolPrefix = (kind: ClientToolKind): string => clientTools[kind].idPrefix;

/** As a function. A search that the service runs is not needed where all tools are offered at once. */
export function clientTool(kind: ClientToolKind, tool: JsonObject, dropped: DroppedFields): readonly Tool[] {
  if (kind === 'tool_search' && tool.execution !== 'client') {
    dropped.add('info', 'tools', 'tools that the service would have searched are all offered at once');
    return [];
  }
  const { description, schema } = clientTools[kind];
  return [
    {
      kind: 'function',
      name: kind,
      variant: kind,
      description: stringOf(tool.description) ?? description,
      schema: isObject(tool.parameters) ? tool.parameters : schema,
    },
  ];
}

/** A call as the client's own item. `args` is the text of a JSON object, empty while the call has only begun. */
export function clientToolCall(
  kind: ClientToolKind,
  id: string,
  callId: string,
  status: string,
  args: string,
): JsonObject {
  const { call, field, defaults } = clientTools[kind];
  return {
    id,
    type: call,
    call_id: callId,
    status,
    ...(kind === 'tool_search' ? { execution: 'client' } : {}),
    [field]: { ...defaults, ...argumentsOf(args) },
  };
}

/** The arguments of such an item, as text. */
export const clientToolArguments = (kind: ClientToolKind, item: JsonObject): string =>
  JSON.stringify(objectOf(item[clientTools[kind].field]));

/** A call or its result in a conversation; undefined for items of other types. */
export function clientToolTurn(item: JsonObject): Turn | undefined {
  const called = kindOfCall(item.type);
  if (called !== undefined) {
    const args = clientToolArguments(called, item);
    const id = textOf(item.call_id) || textOf(item.id);
    return { role: 'assistant', parts: [{ kind: 'tool-call', id, name: called, args, variant: called }] };
  }
  const answered = kinds.find((kind) => clientTools[kind].output === item.type);
  if (answered === undefined) return undefined;
  return {
    role: 'user',
    parts: [
      defined({
        kind: 'tool-result' as const,
        callId: textOf(item.call_id) || textOf(item.id),
        parts: [{ kind: 'text' as const, text: outputText(answered, item) }],
        isError: item.status === 'failed' ? true : undefined,
      }),
    ],
  };
}

function outputText(kind: ClientToolKind, { output, tools, status }: JsonObject): string {
  if (kind === 'tool_search') {
    const names = foundNames(tools);
    return names.length === 0 ? 'No tools were found.' : `Tools found: ${names.join(', ')}`;
  }
  if (output === undefined || output === null) return textOf(status);
  return typeof output === 'string' ? output : JSON.stringify(output);
}

const foundNames = (tools: unknown, namespace?: string): readonly string[] =>
  objectsOf(tools).flatMap((tool) =>
    tool.type === 'namespace'
      ? foundNames(tool.tools, textOf(tool.name))
      : [joinedName(defined({ name: textOf(tool.name), namespace }))],
  );
