// Requests as a client could mean them, and what of them each format can express.
import fc from 'fast-check';
import type {
  ImagePart,
  Part,
  Request,
  TextPart,
  Tool,
  ToolCallPart,
  ToolResultPart,
  Turn,
} from '../../../src-main/gateway/model/request.ts';
import type { ClientForm } from './translations.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((value) => `a${value}b`);
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/);
const textPart: fc.Arbitrary<TextPart> = text.map((value) => ({ kind: 'text', text: value }));
const image: fc.Arbitrary<ImagePart> = fc.constant({
  kind: 'image',
  source: { kind: 'base64', mime: 'image/png', data: 'iVBORw0KGgo=' },
});
const args = fc
  .dictionary(name, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3 })
  .map((value) => JSON.stringify(value));

const schema = fc
  .dictionary(
    name,
    fc.constantFrom({ type: 'string' }, { type: 'integer' }, { type: 'array', items: { type: 'string' } }),
    { maxKeys: 3 },
  )
  .map((properties) => ({ type: 'object', properties, required: Object.keys(properties) }));

const tool: fc.Arbitrary<Tool> = fc.tuple(name, text, schema).map(([toolName, description, parameters]) => ({
  kind: 'function',
  name: toolName,
  description,
  schema: parameters,
}));

interface Translation {
  readonly question: readonly (TextPart | ImagePart)[];
  readonly response: TextPart | undefined;
  readonly calls: readonly {
    readonly name: string;
    readonly args: string;
    readonly result: string;
    readonly isError: boolean;
    readonly image: boolean;
  }[];
}

const translation: fc.Arbitrary<Translation> = fc.record({
  question: fc.array(fc.oneof({ arbitrary: textPart, weight: 3 }, { arbitrary: image, weight: 1 }), {
    minLength: 1,
    maxLength: 3,
  }),
  response: fc.option(textPart, { nil: undefined }),
  calls: fc.array(fc.record({ name, args, result: text, isError: fc.boolean(), image: fc.boolean() }), {
    maxLength: 3,
  }),
});

function turnsOf(exchanges: readonly Translation[], last: TextPart): readonly Turn[] {
  let count = 0;
  const turns: { role: 'user' | 'assistant'; parts: Part[] }[] = [{ role: 'user', parts: [] }];
  for (const { question, response, calls } of exchanges) {
    turns.at(-1)?.parts.push(...question);
    const made = calls.map((call) => ({ ...call, id: `call_${++count}_${call.name}` }));
    const spoken: Part[] = [
      ...(response ? [response] : calls.length === 0 ? [{ kind: 'text' as const, text: 'Well.' }] : []),
      ...made.map(
        ({ id, name: called, args: given }): ToolCallPart => ({
          kind: 'tool-call',
          id,
          name: called,
          args: given,
          variant: 'function',
        }),
      ),
    ];
    const results = made.map(
      ({ id, name: called, result, isError, image: shown }): ToolResultPart => ({
        kind: 'tool-result',
        callId: id,
        name: called,
        parts: [
          { kind: 'text', text: result },
          ...(shown
            ? [{ kind: 'image' as const, source: { kind: 'base64' as const, mime: 'image/png', data: 'AAAA' } }]
            : []),
        ],
        ...(isError ? { isError } : {}),
      }),
    );
    turns.push({ role: 'assistant', parts: spoken }, { role: 'user', parts: results });
  }
  turns.at(-1)?.parts.push(last);
  return turns;
}

const fraction = fc.integer({ min: 0, max: 100 }).map((value) => value / 100);

const optional = <T>(value: T | undefined, key: string): Record<string, T> =>
  value === undefined ? {} : { [key]: value };

export const anyRequest: fc.Arbitrary<Request> = fc
  .record({
    system: fc.option(textPart, { nil: undefined }),
    exchanges: fc.array(translation, { maxLength: 3 }),
    last: textPart,
    tools: fc.uniqueArray(tool, { maxLength: 3, selector: (one) => one.name }),
    choice: fc.constantFrom('auto', 'none', 'any', 'tool', undefined),
    parallel: fc.constantFrom(false, undefined),
    maxTokens: fc.integer({ min: 16, max: 9999 }),
    temperature: fc.option(fraction, { nil: undefined }),
    topP: fc.option(fraction, { nil: undefined }),
    topK: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
    seed: fc.option(fc.nat(999), { nil: undefined }),
    stop: fc.array(text, { maxLength: 4 }),
    output: fc.option(schema, { nil: undefined }),
    user: fc.option(name, { nil: undefined }),
    stream: fc.boolean(),
  })
  .map(
    ({
      system,
      exchanges,
      last,
      tools,
      choice,
      parallel,
      maxTokens,
      temperature,
      topP,
      topK,
      seed,
      stop,
      output,
      user,
      stream,
    }): Request => {
      const [first] = tools;
      return {
        model: 'm',
        stream,
        system: system ? [system] : [],
        turns: turnsOf(exchanges, last),
        tools,
        maxTokens,
        sampling: {
          ...optional(temperature, 'temperature'),
          ...optional(topP, 'topP'),
          ...optional(topK, 'topK'),
          ...optional(seed, 'seed'),
        },
        stop,
        ...(first && choice
          ? { toolChoice: choice === 'tool' ? { kind: 'tool', tool: { name: first.name } } : { kind: choice } }
          : {}),
        ...(first && choice !== 'none' ? optional(parallel, 'parallelTools') : {}),
        ...(output ? { output: { kind: 'schema', schema: { ...output, additionalProperties: false } } } : {}),
        ...optional(user, 'user'),
      };
    },
  );

/** Fields that a format has no words for; the table of `carried.ts` in other words, on purpose. */
const missing: Readonly<Record<ClientForm, readonly string[]>> = {
  chat: ['topK'],
  responses: ['topK', 'seed', 'stop'],
  messages: ['seed'],
  gemini: ['user', 'parallelTools'],
};

/** The part of a request that a format can express without changing it. */
export function expressible(format: ClientForm, request: Request): Request {
  const without = missing[format];
  const parts = (turn: Turn): readonly Part[] =>
    turn.parts.map((part) => (part.kind === 'tool-result' ? plainResult(format, part) : part));
  const kept = Object.fromEntries(
    Object.entries(request).filter(([key]) => !without.includes(key)),
  ) as unknown as Request;
  // Without a choice of its own a Messages request says "auto" together with the ban on parallel calls.
  const auto =
    format === 'messages' && request.parallelTools === false && !request.toolChoice
      ? { toolChoice: { kind: 'auto' as const } }
      : {};
  return {
    ...kept,
    ...auto,
    stop: without.includes('stop') ? [] : request.stop,
    sampling: Object.fromEntries(Object.entries(request.sampling).filter(([key]) => !without.includes(key))),
    turns: request.turns.map((turn) => ({ role: turn.role, parts: parts(turn) })),
  };
}

function plainResult(format: ClientForm, { isError, parts, ...result }: ToolResultPart): ToolResultPart {
  const keepsImages = format === 'responses' || format === 'messages';
  const keepsErrors = format === 'messages' || format === 'gemini';
  return {
    ...result,
    parts: keepsImages ? parts : parts.filter((part) => part.kind === 'text'),
    ...(isError && keepsErrors ? { isError } : {}),
  };
}
