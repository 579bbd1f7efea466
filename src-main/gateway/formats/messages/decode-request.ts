// A Messages request as a neutral one.

import { isObject, type JsonObject, parseJson } from '../../../../src-shared/json.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import { isEffort } from '../../model/reasoning/effort.ts';
import type { Request, Thinking, Tool, ToolChoice } from '../../model/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import { builtInName } from '../shared/built-in-tools.ts';
import { fieldNames, reportUnknown, requestBody, requiredList } from '../shared/request-reading.ts';
import { mark, readTurn, texts } from './decode-content.ts';

const known = fieldNames(
  'model messages system stream max_tokens temperature top_p top_k stop_sequences tools tool_choice thinking output_config output_format metadata service_tier',
);

export function decodeMessagesRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { dropped } = context;
  const messages = objectsOf(requiredList(body, 'messages'));
  reportUnknown(body, known, dropped);
  const first = messages.findIndex(({ role }) => role !== 'system');
  const begin = first < 0 ? messages.length : first;
  const choice = objectOf(body.tool_choice);
  const metadata = objectOf(body.metadata);
  const config = objectOf(body.output_config);
  // The beta of structured outputs had a field of its own.
  const schema = objectOf(config.format ?? body.output_format).schema;
  const tier = stringOf(body.service_tier);
  if (tier !== undefined && tier !== 'auto')
    dropped.add('info', 'service_tier', `"${tier}" is a contract with Anthropic only`);
  return defined({
    model: context.model ?? textOf(body.model),
    stream: body.stream === true,
    system: [...texts(body.system), ...messages.slice(0, begin).flatMap(({ content }) => texts(content))],
    turns: messages.slice(begin).flatMap((message, index) => readTurn(message, `messages[${begin + index}]`, dropped)),
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
    documentCitations: messages.some(citesSources) || undefined,
    thinking: readThinking(objectOf(body.thinking), config.effort),
    output: isObject(schema) ? { kind: 'schema' as const, schema } : undefined,
    user: stringOf(metadata.user_id),
    session: sessionOf(metadata.user_id),
    // "auto" is the default of both vendors; the other words mean different contracts.
    tier: tier === 'auto' ? tier : undefined,
  });
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
  if (choice.type === 'tool') return { kind: 'tool', tool: { name: textOf(choice.name) } };
  return choice.type === 'auto' || choice.type === 'any' || choice.type === 'none' ? { kind: choice.type } : undefined;
}

/** Whether a document or search result of the message is to be cited. */
const citesSources = ({ content }: JsonObject): boolean =>
  objectsOf(content).some((block) => objectOf(block.citations).enabled === true || citesSources(block));

function readThinking(thinking: JsonObject, effort: unknown): Thinking | undefined {
  const override = isEffort(effort) ? { effort } : {};
  const show = thinking.display !== 'omitted';
  if (thinking.type === 'disabled') return { mode: 'off' };
  const budget = numberOf(thinking.budget_tokens);
  if (budget !== undefined) return { mode: 'budget', budget, show, ...override };
  if (thinking.type !== undefined) return { mode: 'adaptive', show, ...override };
  return isEffort(effort) ? { mode: 'effort', effort } : undefined;
}

/** Claude Code names its session in the user id: at the end of a row of words, or as a member of JSON. */
function sessionOf(userId: unknown): string | undefined {
  const text = textOf(userId);
  const json = stringOf(objectOf(parseJson(text)).session_id);
  if (json !== undefined) return json;
  const at = text.lastIndexOf('_session_');
  return at < 0 ? undefined : text.slice(at + '_session_'.length);
}
