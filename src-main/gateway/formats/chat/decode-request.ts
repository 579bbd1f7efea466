// A chat-completions request as a neutral one.

import { builtInName } from '../../ir/built-in-tools.ts';
import { isEffort, thinkingFromEffort } from '../../ir/effort.ts';
import {
  booleanOf,
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
import type {
  FilePart,
  OutputFormat,
  Part,
  Request,
  TextPart,
  Tool,
  ToolCallPart,
  ToolChoice,
  Turn,
} from '../../ir/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import {
  refuseSeveralAnswers,
  reportUnknown,
  requestBody,
  requiredList,
  wordedChoice,
} from '../shared/request-reading.ts';
import { sourceFromUrl } from '../shared/sources.ts';

const known = new Set(
  'model messages stream stream_options tools functions tool_choice function_call parallel_tool_calls max_tokens max_completion_tokens temperature top_p top_k seed frequency_penalty presence_penalty stop reasoning_effort response_format verbosity user safety_identifier prompt_cache_key service_tier metadata store n web_search_options'.split(
    ' ',
  ),
);

export function decodeChatRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { losses } = context;
  const { system, turns } = readMessages(objectsOf(requiredList(body, 'messages')), context);
  reportUnknown(body, known, losses);
  refuseSeveralAnswers(body.n, 'n', losses);
  const effort = body.reasoning_effort;
  return defined({
    model: context.model ?? textOf(body.model),
    stream: body.stream === true,
    streamUsage: booleanOf(objectOf(body.stream_options).include_usage),
    system,
    turns,
    tools: readTools(body),
    toolChoice: readChoice(body.tool_choice ?? body.function_call),
    parallelTools: booleanOf(body.parallel_tool_calls),
    maxTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    sampling: defined({
      temperature: numberOf(body.temperature),
      topP: numberOf(body.top_p),
      topK: numberOf(body.top_k),
      seed: numberOf(body.seed),
      frequencyPenalty: numberOf(body.frequency_penalty) || undefined,
      presencePenalty: numberOf(body.presence_penalty) || undefined,
    }),
    stop: stringsOf(body.stop),
    thinking: isEffort(effort) ? thinkingFromEffort(effort) : undefined,
    output: readOutput(objectOf(body.response_format)),
    verbosity: stringOf(body.verbosity),
    user: stringOf(body.safety_identifier) ?? stringOf(body.user),
    cacheKey: stringOf(body.prompt_cache_key),
    tier: stringOf(body.service_tier),
    metadata: isObject(body.metadata) ? body.metadata : undefined,
  });
}

function readMessages(messages: readonly JsonObject[], { losses }: DecodeRequestContext) {
  const system: TextPart[] = [];
  const turns: Turn[] = [];
  let functionCalls = 0;
  for (const [index, message] of messages.entries()) {
    const { role, content } = message;
    if (role === 'system' || role === 'developer') {
      if (turns.length > 0)
        losses.add('info', `messages[${index}]`, 'instructions in the middle were moved to the front');
      system.push(...readParts(content, `messages[${index}]`, losses).filter((part) => part.kind === 'text'));
    } else if (role === 'tool' || role === 'function') {
      const parts = readParts(content, `messages[${index}]`, losses).filter(
        (part) => part.kind === 'text' || part.kind === 'image' || part.kind === 'file',
      );
      const callId = role === 'tool' ? textOf(message.tool_call_id) : `call_function_${functionCalls}`;
      turns.push({ role: 'user', parts: [{ kind: 'tool-result', callId, parts }] });
    } else if (role === 'assistant') {
      if (isObject(message.function_call)) functionCalls += 1;
      turns.push({
        role,
        parts: readAssistant(message, `call_function_${functionCalls}`, `messages[${index}]`, losses),
      });
    } else turns.push({ role: 'user', parts: readParts(content, `messages[${index}]`, losses) });
  }
  return { system, turns };
}

function readAssistant(
  message: JsonObject,
  functionId: string,
  path: string,
  losses: DecodeRequestContext['losses'],
): readonly Part[] {
  const parts: Part[] = [];
  const reasoning = textOf(message.reasoning_content) || textOf(message.reasoning);
  if (reasoning !== '') parts.push({ kind: 'thinking', text: reasoning });
  parts.push(...readParts(message.content, path, losses));
  if (textOf(message.refusal) !== '') parts.push({ kind: 'refusal', text: textOf(message.refusal) });
  for (const call of objectsOf(message.tool_calls)) parts.push(readCall(call));
  if (isObject(message.function_call)) parts.push(readCall({ id: functionId, function: message.function_call }));
  return parts;
}

function readCall(call: JsonObject): ToolCallPart {
  const custom = call.type === 'custom';
  const inner = objectOf(custom ? call.custom : call.function);
  const args = custom ? inner.input : inner.arguments;
  return {
    kind: 'tool-call',
    id: textOf(call.id),
    name: textOf(inner.name),
    args: isObject(args) ? JSON.stringify(args) : textOf(args),
    variant: custom ? 'custom' : 'function',
  };
}

function readParts(content: unknown, path: string, losses: DecodeRequestContext['losses']): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return objectsOf(content).flatMap((part, index): readonly Part[] => {
    const cache = part.cache_control;
    const mark = cache === undefined ? {} : { cache };
    switch (part.type) {
      case 'text':
      case 'input_text':
      case 'output_text':
        return [{ kind: 'text', text: textOf(part.text), ...mark }];
      case 'refusal':
        return [{ kind: 'refusal', text: textOf(part.refusal) }];
      case 'image_url': {
        const image = isObject(part.image_url) ? part.image_url : { url: part.image_url };
        return [
          {
            ...defined({
              kind: 'image' as const,
              source: sourceFromUrl(textOf(image.url)),
              detail: stringOf(objectOf(image).detail),
            }),
            ...mark,
          },
        ];
      }
      case 'input_audio': {
        const audio = objectOf(part.input_audio);
        return [{ kind: 'audio', mime: `audio/${textOf(audio.format) || 'wav'}`, data: textOf(audio.data) }];
      }
      case 'file':
        return [readFile(objectOf(part.file))];
      default:
        losses.add('fatal', `${path}.content[${index}]`, `parts of type ${String(part.type)} cannot be carried over`);
        return [];
    }
  });
}

function readFile(file: JsonObject): FilePart {
  const name = stringOf(file.filename);
  const data = stringOf(file.file_data);
  const source =
    data === undefined
      ? ({ kind: 'upload', id: textOf(file.file_id), issuer: 'openai' } as const)
      : sourceFromUrl(data.startsWith('data:') ? data : `data:application/pdf;base64,${data}`);
  return { kind: 'file', source, ...(name === undefined ? {} : { name }) };
}

function readTools(body: JsonObject): readonly Tool[] {
  const tools = objectsOf(body.tools).map((tool): Tool => {
    if (tool.type === 'custom') {
      const custom = objectOf(tool.custom);
      return defined({
        kind: 'custom' as const,
        name: textOf(custom.name),
        description: stringOf(custom.description),
        format: custom.format,
      });
    }
    if (tool.type !== undefined && tool.type !== 'function')
      return { kind: 'built-in', name: builtInName(textOf(tool.type)), raw: tool };
    return readFunction(objectOf(tool.function), tool.cache_control);
  });
  const search: Tool[] = isObject(body.web_search_options)
    ? [{ kind: 'built-in', name: 'web_search', raw: body.web_search_options }]
    : [];
  return [...tools, ...objectsOf(body.functions).map((definition) => readFunction(definition, undefined)), ...search];
}

const readFunction = (definition: JsonObject, cache: unknown): Tool =>
  defined({
    kind: 'function' as const,
    name: textOf(definition.name),
    description: stringOf(definition.description),
    schema: isObject(definition.parameters) ? definition.parameters : undefined,
    strict: booleanOf(definition.strict),
    cache,
  });

function readChoice(choice: unknown): ToolChoice | undefined {
  if (!isObject(choice)) return wordedChoice(choice);
  if (choice.type === 'allowed_tools') {
    const allowed = objectOf(choice.allowed_tools);
    const names = objectsOf(allowed.tools).map((tool) => textOf(objectOf(tool.function ?? tool.custom).name));
    return { kind: 'allowed', names, required: allowed.mode === 'required' };
  }
  const name = stringOf(objectOf(choice.function ?? choice.custom).name) ?? stringOf(choice.name);
  return name === undefined ? undefined : { kind: 'tool', name };
}

function readOutput(format: JsonObject): OutputFormat | undefined {
  if (format.type === 'json_object') return { kind: 'json' };
  if (format.type !== 'json_schema') return undefined;
  const given = objectOf(format.json_schema);
  return defined({
    kind: 'schema' as const,
    schema: objectOf(given.schema),
    name: stringOf(given.name),
    description: stringOf(given.description),
    strict: booleanOf(given.strict),
  });
}
