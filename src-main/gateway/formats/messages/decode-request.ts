// A Messages request as a neutral one.
import { builtInName } from '../../ir/built-in-tools.ts';
import { isEffort } from '../../ir/effort.ts';
import {
  defined,
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  stringOf,
  stringsOf,
  textOf,
} from '../../ir/json.ts';
import type { Losses } from '../../ir/loss.ts';
import type {
  FilePart,
  ImagePart,
  Part,
  Request,
  Source,
  TextPart,
  Thinking,
  Tool,
  ToolChoice,
  ToolResultPart,
  Turn,
} from '../../ir/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import { reportUnknown, requestBody, requiredList } from '../shared/request-reading.ts';

const known = new Set(
  'model messages system stream max_tokens temperature top_p top_k stop_sequences tools tool_choice thinking output_config metadata service_tier'.split(
    ' ',
  ),
);

export function decodeMessagesRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { losses } = context;
  const messages = objectsOf(requiredList(body, 'messages'));
  reportUnknown(body, known, losses);
  const choice = objectOf(body.tool_choice);
  const metadata = objectOf(body.metadata);
  const config = objectOf(body.output_config);
  const schema = objectOf(config.format).schema;
  const tier = stringOf(body.service_tier);
  if (tier !== undefined && tier !== 'auto')
    losses.add('info', 'service_tier', `"${tier}" is a contract with Anthropic only`);
  return defined({
    model: context.model ?? textOf(body.model),
    stream: body.stream === true,
    system: [
      ...texts(body.system),
      ...messages.filter(({ role }) => role === 'system').flatMap(({ content }) => texts(content)),
    ],
    turns: messages.flatMap((message, index) => readTurn(message, `messages[${index}]`, losses)),
    tools: objectsOf(body.tools).map(readTool),
    toolChoice: readChoice(choice),
    parallelTools: choice.disable_parallel_tool_use === true ? false : undefined,
    maxTokens: numberOf(body.max_tokens),
    sampling: defined({
      temperature: numberOf(body.temperature),
      topP: numberOf(body.top_p),
      topK: numberOf(body.top_k),
    }),
    stop: stringsOf(body.stop_sequences),
    thinking: readThinking(objectOf(body.thinking), config.effort),
    output: isObject(schema) ? { kind: 'schema' as const, schema } : undefined,
    user: stringOf(metadata.user_id),
    // "auto" is the default of both vendors; the other words mean different contracts.
    tier: tier === 'auto' ? tier : undefined,
  });
}

function readTurn(message: JsonObject, path: string, losses: Losses): readonly Turn[] {
  if (message.role === 'system') return [];
  return [
    { role: message.role === 'assistant' ? 'assistant' : 'user', parts: readContent(message.content, path, losses) },
  ];
}

const mark = (block: JsonObject): { readonly cache?: unknown } =>
  isObject(block.cache_control) ? { cache: block.cache_control } : {};

const texts = (content: unknown): readonly TextPart[] =>
  typeof content === 'string'
    ? content === ''
      ? []
      : [{ kind: 'text', text: content }]
    : objectsOf(content).map((block) => ({ kind: 'text', text: textOf(block.text), ...mark(block) }));

function readContent(content: unknown, path: string, losses: Losses): readonly Part[] {
  if (!Array.isArray(content)) return texts(content);
  return objectsOf(content).flatMap((block, index): readonly Part[] => {
    switch (block.type) {
      case 'thinking':
        return [{ kind: 'thinking', text: textOf(block.thinking), ...signed(block.signature) }];
      case 'redacted_thinking':
        return [{ kind: 'thinking', text: '', redacted: true, ...signed(block.data) }];
      case 'tool_use':
        return [
          {
            kind: 'tool-call',
            id: textOf(block.id),
            name: textOf(block.name),
            args: JSON.stringify(objectOf(block.input)),
            variant: 'function',
            ...mark(block),
          },
        ];
      case 'tool_result':
        return [readResult(block, `${path}.content[${index}]`, losses)];
      default:
        return readPlain(block, `${path}.content[${index}]`, losses);
    }
  });
}

const signed = (value: unknown) =>
  typeof value === 'string' && value !== '' ? { opaque: { issuer: 'anthropic' as const, value } } : {};

/** The blocks that may also stand inside of a tool result. */
function readPlain(block: JsonObject, path: string, losses: Losses): readonly (TextPart | ImagePart | FilePart)[] {
  switch (block.type) {
    case 'text':
      return [{ kind: 'text', text: textOf(block.text), ...mark(block) }];
    case 'image':
      return [{ kind: 'image', source: readSource(objectOf(block.source)), ...mark(block) }];
    case 'document':
      return readDocument(block);
    case 'search_result':
      return [
        {
          kind: 'text',
          text: [textOf(block.title), textOf(block.source), ...texts(block.content).map(({ text }) => text)]
            .filter(Boolean)
            .join('\n'),
        },
      ];
    default:
      losses.add('warn', path, `blocks of type ${String(block.type)} cannot be carried over`);
      return [];
  }
}

function readDocument(block: JsonObject): readonly (TextPart | ImagePart | FilePart)[] {
  const source = objectOf(block.source);
  if (source.type === 'content')
    return typeof source.content === 'string' ? texts(source.content) : readInner(source.content);
  const name = stringOf(block.title);
  return [{ kind: 'file', source: readSource(source), ...(name === undefined ? {} : { name }), ...mark(block) }];
}

const readInner = (content: unknown): readonly (TextPart | ImagePart)[] =>
  objectsOf(content).map((block) =>
    block.type === 'image'
      ? { kind: 'image', source: readSource(objectOf(block.source)) }
      : { kind: 'text', text: textOf(block.text) },
  );

function readSource(source: JsonObject): Source {
  if (source.type === 'url') return { kind: 'url', url: textOf(source.url) };
  if (source.type === 'file') return { kind: 'upload', id: textOf(source.file_id), issuer: 'anthropic' };
  if (source.type === 'text') return { kind: 'text', text: textOf(source.data) };
  return { kind: 'base64', mime: textOf(source.media_type), data: textOf(source.data) };
}

function readResult(block: JsonObject, path: string, losses: Losses): ToolResultPart {
  const content = block.content;
  const parts = Array.isArray(content)
    ? objectsOf(content).flatMap((inner) => readPlain(inner, path, losses))
    : texts(content);
  return {
    kind: 'tool-result',
    callId: textOf(block.tool_use_id),
    parts,
    ...(block.is_error === true ? { isError: true } : {}),
    ...mark(block),
  };
}

function readTool(tool: JsonObject): Tool {
  const type = stringOf(tool.type);
  if (type !== undefined && type !== 'custom') return { kind: 'built-in', name: builtInName(type), raw: tool };
  return defined({
    kind: 'function' as const,
    name: textOf(tool.name),
    description: stringOf(tool.description),
    schema: isObject(tool.input_schema) ? tool.input_schema : undefined,
    cache: mark(tool).cache,
  });
}

function readChoice(choice: JsonObject): ToolChoice | undefined {
  if (choice.type === 'tool') return { kind: 'tool', name: textOf(choice.name) };
  return choice.type === 'auto' || choice.type === 'any' || choice.type === 'none' ? { kind: choice.type } : undefined;
}

function readThinking(thinking: JsonObject, effort: unknown): Thinking | undefined {
  const wish = isEffort(effort) ? { effort } : {};
  const show = thinking.display !== 'omitted';
  if (thinking.type === 'disabled') return { mode: 'off' };
  const budget = numberOf(thinking.budget_tokens);
  if (budget !== undefined) return { mode: 'budget', budget, show, ...wish };
  if (thinking.type !== undefined) return { mode: 'adaptive', show, ...wish };
  return isEffort(effort) ? { mode: 'effort', effort } : undefined;
}
