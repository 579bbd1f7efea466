// A Gemini request as a neutral one.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { booleanOf, defined, numberOf, objectOf, objectsOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import { isEffort } from '../../model/reasoning/effort.ts';
import type { OutputFormat, Request, Thinking, Tool, ToolChoice } from '../../model/request.ts';
import { fromGoogleSchema } from '../../model/schemas/google.ts';
import type { DecodeRequestContext } from '../format.ts';
import { builtInName } from '../shared/built-in-tools.ts';
import { reportUnknown, requestBody, severalResponses } from '../shared/request-reading.ts';
import { readContents } from './decode-contents.ts';
import { readModalities } from './modalities.ts';
import { bothSpellings, field } from './spelling.ts';

const known = bothSpellings('contents systemInstruction generationConfig tools toolConfig model');
const knownConfig = bothSpellings(
  'temperature topP topK maxOutputTokens stopSequences seed presencePenalty frequencyPenalty responseMimeType responseSchema responseJsonSchema thinkingConfig candidateCount responseLogprobs logprobs responseModalities speechConfig',
);

export function decodeGeminiRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  const { dropped } = context;
  if (field(body, 'cachedContent') !== undefined)
    throw new RequestError('cachedContent is stored at Google and cannot be used with this upstream.');
  const contents =
    typeof body.contents === 'string'
      ? [{ parts: [{ text: body.contents }] }]
      : isObject(body.contents)
        ? [body.contents]
        : objectsOf(body.contents);
  if (contents.length === 0) throw new RequestError('contents must be a list with at least one element.');
  const config = objectOf(field(body, 'generationConfig'));
  reportUnknown(body, known, dropped);
  reportUnknown(config, knownConfig, dropped);
  const instruction = field(body, 'systemInstruction');
  const system = typeof instruction === 'string' ? [{ text: instruction }] : objectsOf(objectOf(instruction).parts);
  const number = (name: string): number | undefined => numberOf(field(config, name));
  return defined({
    model: context.model ?? '',
    stream: context.stream === true,
    count: severalResponses(field(config, 'candidateCount'), 'generationConfig.candidateCount', dropped),
    system: system.map((part) => ({ kind: 'text' as const, text: textOf(part.text) })),
    turns: readContents(contents, dropped),
    tools: objectsOf(body.tools).flatMap(readTools),
    toolChoice: readChoice(objectOf(field(objectOf(field(body, 'toolConfig')), 'functionCallingConfig'))),
    maxTokens: number('maxOutputTokens'),
    sampling: defined({
      temperature: number('temperature'),
      topP: number('topP'),
      topK: number('topK'),
      seed: number('seed'),
      frequencyPenalty: number('frequencyPenalty') || undefined,
      presencePenalty: number('presencePenalty') || undefined,
    }),
    stop: stringsOf(field(config, 'stopSequences')),
    logProbabilities: field(config, 'responseLogprobs') === true ? { top: number('logprobs') ?? 0 } : undefined,
    ...readModalities(config),
    thinking: readThinking(field(config, 'thinkingConfig')),
    output: readOutput(config),
  });
}

function readTools(tool: JsonObject): readonly Tool[] {
  const functions = objectsOf(field(tool, 'functionDeclarations')).map((declaration): Tool => {
    const standard = field(declaration, 'parametersJsonSchema');
    const schema = isObject(standard)
      ? standard
      : isObject(declaration.parameters)
        ? fromGoogleSchema(declaration.parameters)
        : undefined;
    return defined({
      kind: 'function' as const,
      name: textOf(declaration.name),
      description: stringOf(declaration.description),
      schema,
    });
  });
  const others = Object.keys(tool).filter((key) => key !== 'functionDeclarations' && key !== 'function_declarations');
  return [...functions, ...others.map((key): Tool => ({ kind: 'built-in', name: builtInName(key), raw: tool[key] }))];
}

function readChoice(calling: JsonObject): ToolChoice | undefined {
  const mode = textOf(calling.mode).toLowerCase();
  const names = stringsOf(field(calling, 'allowedFunctionNames'));
  const [only] = names;
  if (mode === 'any' && names.length === 1 && only !== undefined) return { kind: 'tool', tool: { name: only } };
  if (names.length > 0 && (mode === 'any' || mode === 'validated'))
    return { kind: 'allowed', tools: names.map((name) => ({ name })), required: mode === 'any' };
  if (mode === 'auto' || mode === 'any' || mode === 'none') return { kind: mode };
  return mode === 'validated' ? { kind: 'auto' } : undefined;
}

function readThinking(config: unknown): Thinking | undefined {
  if (!isObject(config)) return undefined;
  const show = booleanOf(field(config, 'includeThoughts')) === true;
  const budget = numberOf(field(config, 'thinkingBudget'));
  const level = textOf(field(config, 'thinkingLevel')).toLowerCase();
  if (isEffort(level)) return { mode: 'effort', effort: level, show };
  if (budget === 0) return { mode: 'off' };
  return budget === undefined || budget < 0 ? { mode: 'adaptive', show } : { mode: 'budget', budget, show };
}

function readOutput(config: JsonObject): OutputFormat | undefined {
  const standard = field(config, 'responseJsonSchema');
  const own = field(config, 'responseSchema');
  if (isObject(standard)) return { kind: 'schema', schema: standard };
  if (isObject(own)) return { kind: 'schema', schema: fromGoogleSchema(own) };
  return field(config, 'responseMimeType') === 'application/json' ? { kind: 'json' } : undefined;
}
