// A chat-completions request as a neutral one.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { booleanOf, defined, numberOf, objectOf, objectsOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import { isEffort, thinkingFromEffort } from '../../model/reasoning/effort.ts';
import type { OutputFormat, Request, Tool, ToolChoice } from '../../model/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import { builtInName } from '../shared/built-in-tools.ts';
import {
  fieldNames,
  openaiSampling,
  reportUnknown,
  requestBody,
  requiredList,
  severalResponses,
  wordedChoice,
} from '../shared/request-reading.ts';
import { readModalities } from './audio.ts';
import { readMessages } from './decode-messages.ts';

const known = fieldNames(
  'model messages stream stream_options tools functions tool_choice function_call parallel_tool_calls max_tokens max_completion_tokens temperature top_p top_k seed frequency_penalty presence_penalty stop reasoning_effort response_format verbosity user safety_identifier prompt_cache_key service_tier metadata store n web_search_options logprobs top_logprobs modalities audio',
);

export function decodeChatRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { dropped } = context;
  const { system, turns } = readMessages(objectsOf(requiredList(body, 'messages')), context);
  reportUnknown(body, known, dropped);
  const effort = body.reasoning_effort;
  const legacyFunctions = Array.isArray(body.functions) && !Array.isArray(body.tools);
  return defined({
    model: context.model ?? textOf(body.model),
    stream: body.stream === true,
    count: severalResponses(body.n, 'n', dropped),
    streamUsage: booleanOf(objectOf(body.stream_options).include_usage),
    system,
    turns,
    tools: readTools(body),
    toolChoice: readChoice(body.tool_choice ?? body.function_call),
    // The old form has room for one call.
    parallelTools: legacyFunctions ? false : booleanOf(body.parallel_tool_calls),
    legacyFunctions: legacyFunctions || undefined,
    maxTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    sampling: openaiSampling(body),
    stop: stringsOf(body.stop),
    ...readModalities(body),
    logProbabilities: body.logprobs === true ? { top: numberOf(body.top_logprobs) ?? 0 } : undefined,
    thinking: isEffort(effort) ? thinkingFromEffort(effort) : undefined,
    output: readOutput(objectOf(body.response_format)),
    verbosity: stringOf(body.verbosity),
    user: stringOf(body.safety_identifier) ?? stringOf(body.user),
    cacheKey: stringOf(body.prompt_cache_key),
    tier: stringOf(body.service_tier),
    metadata: isObject(body.metadata) ? body.metadata : undefined,
  });
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
    // Some clients leave the wrapping out, or write tools as Messages does.
    return readFunction(isObject(tool.function) ? tool.function : tool, tool.cache_control);
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
    schema: [definition.parameters, definition.input_schema].find(isObject),
    strict: booleanOf(definition.strict),
    cache,
  });

function readChoice(choice: unknown): ToolChoice | undefined {
  if (!isObject(choice)) return wordedChoice(choice);
  if (choice.type === 'allowed_tools') {
    const allowed = objectOf(choice.allowed_tools);
    const tools = objectsOf(allowed.tools).map((tool) => ({
      name: textOf(objectOf(tool.function ?? tool.custom).name),
    }));
    return { kind: 'allowed', tools, required: allowed.mode === 'required' };
  }
  const name = stringOf(objectOf(choice.function ?? choice.custom).name) ?? stringOf(choice.name);
  return name === undefined ? wordedChoice(choice.type) : { kind: 'tool', tool: { name } };
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
