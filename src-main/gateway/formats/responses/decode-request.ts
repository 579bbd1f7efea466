// A Responses request as a neutral one.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { booleanOf, defined, numberOf, objectOf, objectsOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import { isEffort, thinkingFromEffort } from '../../model/reasoning/effort.ts';
import type { OutputFormat, Request, Thinking } from '../../model/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import { fieldNames, reportUnknown, requestBody, requiredList } from '../shared/request-reading.ts';
import { readItems } from './decode-items.ts';
import { readChoice, readTools, toolLists } from './decode-tools.ts';
import { includedLogProbabilities } from './encode-request.ts';

/** `store`, `include` and `truncation` speak of the service's own memory, which other services do not have. */
const known = fieldNames(
  'model input instructions stream tools tool_choice parallel_tool_calls max_output_tokens temperature top_p reasoning text user safety_identifier prompt_cache_key service_tier metadata store include truncation top_logprobs',
);

export function decodeResponsesRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { dropped } = context;
  for (const field of ['previous_response_id', 'conversation', 'prompt'])
    if (body[field] !== undefined && body[field] !== null)
      throw new RequestError(
        `${field} needs answers stored by the service, which this upstream does not do. Send the whole conversation in input.`,
      );
  if (body.background === true) throw new RequestError('background answers cannot be had from this upstream.');
  const items =
    typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : objectsOf(requiredList(body, 'input'));
  const { system, turns } = readItems(items, dropped);
  reportUnknown(body, known, dropped);
  const text = objectOf(body.text);
  const instructions = textOf(body.instructions);
  return defined({
    model: context.model ?? textOf(body.model),
    stream: body.stream === true,
    system: [...(instructions === '' ? [] : [{ kind: 'text' as const, text: instructions }]), ...system],
    turns,
    tools: readTools(toolLists(body.tools, items), dropped),
    toolChoice: readChoice(body.tool_choice),
    parallelTools: booleanOf(body.parallel_tool_calls),
    maxTokens: numberOf(body.max_output_tokens),
    sampling: defined({ temperature: numberOf(body.temperature), topP: numberOf(body.top_p) }),
    stop: [],
    logProbabilities: readLogProbabilities(body),
    thinking: readThinking(body.reasoning),
    output: readOutput(objectOf(text.format)),
    verbosity: stringOf(text.verbosity),
    user: stringOf(body.safety_identifier) ?? stringOf(body.user),
    cacheKey: stringOf(body.prompt_cache_key),
    tier: stringOf(body.service_tier),
    metadata: isObject(body.metadata) && Object.keys(body.metadata).length > 0 ? body.metadata : undefined,
  });
}

function readLogProbabilities(body: JsonObject): Request['logProbabilities'] {
  const top = numberOf(body.top_logprobs) ?? 0;
  return top > 0 || stringsOf(body.include).includes(includedLogProbabilities) ? { top } : undefined;
}

function readThinking(reasoning: unknown): Thinking | undefined {
  if (!isObject(reasoning)) return undefined;
  const summary = reasoning.summary ?? reasoning.generate_summary;
  const show = typeof summary === 'string' ? { show: true } : {};
  if (isEffort(reasoning.effort)) return { ...thinkingFromEffort(reasoning.effort), ...show };
  return typeof summary === 'string' ? { mode: 'adaptive', ...show } : undefined;
}

function readOutput(format: JsonObject): OutputFormat | undefined {
  if (format.type === 'json_object') return { kind: 'json' };
  if (format.type !== 'json_schema') return undefined;
  return defined({
    kind: 'schema' as const,
    schema: objectOf(format.schema),
    name: stringOf(format.name),
    description: stringOf(format.description),
    strict: booleanOf(format.strict),
  });
}
