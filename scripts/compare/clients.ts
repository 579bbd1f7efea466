// The vendors' own client libraries, reading one streamed response each.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import type { Understood } from './scenarios.ts';

export interface Place {
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

export type Client = (place: Place) => Promise<Understood>;

const question = 'Weather?';
const schema = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };
const options = { maxRetries: 0, timeout: 15_000 };

const chat: Client = async ({ url, key, model }) => {
  const sdk = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, ...options });
  const stream = sdk.chat.completions.stream({
    model,
    messages: [{ role: 'user', content: question }],
    tools: [{ type: 'function', function: { name: 'get_weather', parameters: schema } }],
    stream_options: { include_usage: true },
  });
  let reasoning = '';
  const sources: string[] = [];
  stream.on('chunk', (chunk) => {
    const delta = { ...chunk.choices[0]?.delta } as {
      readonly reasoning_content?: string;
      readonly annotations?: readonly { readonly url_citation: { readonly url: string } }[];
    };
    reasoning += delta.reasoning_content ?? '';
    sources.push(...(delta.annotations ?? []).map(({ url_citation: { url: page } }) => page));
  });
  const { choices, usage } = await stream.finalChatCompletion();
  const [choice] = choices;
  return {
    text: choice?.message.content ?? '',
    reasoning,
    tools: (choice?.message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function'
        ? [{ name: call.function.name, args: JSON.parse(call.function.arguments) as unknown }]
        : [],
    ),
    wasCut: choice?.finish_reason === 'length',
    sources,
    tokens: [usage?.prompt_tokens, usage?.prompt_tokens_details?.cached_tokens, usage?.completion_tokens],
  };
};

const responses: Client = async ({ url, key, model }) => {
  const sdk = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, ...options });
  const tools = [{ type: 'function' as const, name: 'get_weather', parameters: schema, strict: false }];
  const {
    output,
    output_text: text,
    usage,
    status,
  } = await sdk.responses.stream({ model, input: question, tools }).finalResponse();
  return {
    text,
    reasoning: output
      .flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : []))
      .join(''),
    tools: output.flatMap((item) =>
      item.type === 'function_call' ? [{ name: item.name, args: JSON.parse(item.arguments) as unknown }] : [],
    ),
    wasCut: status === 'incomplete',
    sources: output
      .flatMap((item) => (item.type === 'message' ? item.content : []))
      .flatMap((part) => (part.type === 'output_text' ? part.annotations : []))
      .flatMap((annotation) => (annotation.type === 'url_citation' ? [annotation.url] : [])),
    tokens: [usage?.input_tokens, usage?.input_tokens_details.cached_tokens, usage?.output_tokens],
  };
};

const messages: Client = async ({ url, key, model }) => {
  const sdk = new Anthropic({ baseURL: url, apiKey: key, ...options });
  const {
    content,
    usage,
    stop_reason: reason,
  } = await sdk.messages
    .stream({
      model,
      max_tokens: 500,
      messages: [{ role: 'user', content: question }],
      tools: [{ name: 'get_weather', input_schema: schema }],
    })
    .finalMessage();
  const { input_tokens: fresh, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    tools: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, args: block.input }] : [])),
    wasCut: reason === 'max_tokens',
    sources: content
      .flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : []))
      .flatMap((citation) => (citation.type === 'web_search_result_location' ? [citation.url] : [])),
    tokens: [fresh + (read ?? 0) + (written ?? 0), read ?? 0, usage.output_tokens],
  };
};

const gemini: Client = async ({ url, key, model }) => {
  const sdk = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url, timeout: 15_000 } });
  const config = { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: schema }] }] };
  const chunks = [];
  for await (const chunk of await sdk.models.generateContentStream({ model, contents: question, config }))
    chunks.push(chunk);
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  const usage = chunks.map(({ usageMetadata }) => usageMetadata).findLast((one) => one !== undefined);
  const reasons = chunks.flatMap(({ candidates }) => candidates?.[0]?.finishReason ?? []);
  return {
    text: parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join(''),
    reasoning: parts.map(({ text, thought }) => (thought ? (text ?? '') : '')).join(''),
    tools: parts.flatMap(({ functionCall: call }) => (call ? [{ name: call.name ?? '', args: call.args }] : [])),
    wasCut: reasons.at(-1)?.toString() === 'MAX_TOKENS',
    sources: chunks
      .flatMap(({ candidates }) => candidates?.[0]?.groundingMetadata?.groundingChunks ?? [])
      .flatMap(({ web }) => web?.uri ?? []),
    tokens: [usage?.promptTokenCount, usage?.cachedContentTokenCount, usage?.candidatesTokenCount],
  };
};

export const clients = { chat, responses, messages, gemini };

/** Asks, and turns what the library throws into what an application would know. */
export async function ask(client: Client, place: Place): Promise<Understood> {
  try {
    return await client(place);
  } catch (thrown) {
    const error = thrown as Error & { readonly status?: number };
    return {
      text: '',
      reasoning: '',
      tools: [],
      wasCut: false,
      sources: [],
      tokens: [undefined, undefined, undefined],
      error: { status: error.status, message: error.message },
    };
  }
}
