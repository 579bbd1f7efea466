// What clients and servers write beside the documents of their formats.
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { parseExact } from '../../../src-main/gateway/model/json.ts';
import { parseExactly } from '../../../src-shared/json.ts';
import { side, translation } from '../support/translations.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const user = (content: unknown) => ({ role: 'user', content });
const bodyOf = (
  from: 'chat' | 'messages' | 'responses' | 'gemini',
  to: 'chat' | 'messages' | 'responses',
  body: object,
) =>
  translation(side(from, to), { model: 'm', ...body }, { target: { model: 'claude-sonnet-4-5' } }).body as Record<
    string,
    readonly Record<string, unknown>[]
  >;

describe('a conversation that no longer fits', () => {
  const errors = {
    chat: {
      status: 400,
      message: "This model's maximum context length is 128000 tokens.",
      code: 'invalid_request_error',
    },
    responses: { status: 400, message: 'Too much.', code: 'context_length_exceeded' },
    messages: { status: 400, message: 'prompt is too long: 3 tokens > 2 maximum', code: 'invalid_request_error' },
    gemini: { status: 400, message: 'The input token count (3) exceeds the maximum (2).', code: 'INVALID_ARGUMENT' },
  };

  test.each(Object.entries(errors))('is recognized by clients of each format when %s says so', (_from, error) => {
    for (const format of [formats.chat, formats.responses])
      expect(format.errorBody(error)).toMatchObject({
        error: { code: 'context_length_exceeded', message: error.message },
      });
    expect(JSON.stringify(formats.messages.errorBody(error)).match(/prompt is too long/g)).toHaveLength(1);
    expect(formats.messages.errorBody(error)).toMatchObject({
      error: { message: expect.stringContaining(error.message) },
    });
  });

  test('is no other error of the request', () => {
    const error = { status: 400, message: 'The field xyz is too long.', code: 'invalid_request_error' };
    expect(formats.chat.errorBody(error)).toMatchObject({ error: { code: 'invalid_request_error' } });
    expect(formats.messages.errorBody(error)).toMatchObject({ error: { message: error.message } });
  });
});

describe('images', () => {
  test.each([
    [`data:image/jpg;base64,${png}`, 'image/jpeg'],
    [`data:image/jpeg;base64,${png}`, 'image/png'],
    ['data:image/jpg;base64,AAAA', 'image/jpeg'],
    ['data:image/png;base64,/9j/4AAQ', 'image/jpeg'],
    ['data:image/png;base64,UklGRhAgMEBXRUJQVlA4IA==', 'image/webp'],
    ['data:image/png;base64,R0lGODlh', 'image/gif'],
    ['data:image/bmp;base64,Qk0=', 'image/bmp'],
  ])('%.40s is sent as %s', (url, type) => {
    const { messages } = bodyOf('chat', 'messages', { messages: [user([{ type: 'image_url', image_url: { url } }])] });
    expect(messages).toMatchObject([{ content: [{ source: { media_type: type } }] }]);
  });

  test('in results of tools, too', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: png } };
    const { messages } = bodyOf('messages', 'chat', {
      messages: [
        user('A'),
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: {} }] },
        user([{ type: 'tool_result', tool_use_id: 't', content: [image] }]),
      ],
    });
    expect(JSON.stringify(messages)).toContain('data:image/png;base64');
  });
});

test('the given beginning of a response does not end in white space, other texts may', () => {
  const { messages } = bodyOf('chat', 'messages', {
    messages: [user('A '), { role: 'assistant', content: 'It is: \n' }],
  });
  expect(messages).toEqual([
    user([{ type: 'text', text: 'A ' }]),
    { role: 'assistant', content: [{ type: 'text', text: 'It is:' }] },
  ]);
});

test('tools that a search found are named in its result', () => {
  const { messages } = bodyOf('messages', 'chat', {
    messages: [
      user('A'),
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'ToolSearch', input: {} }] },
      user([{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'tool_reference', tool_name: 'f' }] }]),
    ],
  });
  expect(messages?.[2]).toMatchObject({ role: 'tool', content: 'Tool found: f' });
});

describe('integers that a JavaScript number cannot hold', () => {
  const big = '{"id":1234567890123456789,"list":[-98765432109876543210],"small":5,"real":1.2345678901234567}';

  test('are written as they were read', () => {
    expect(JSON.stringify(parseExactly(big))).toBe(big);
    expect(parseExact('{')).toBeUndefined();
    expect(parseExact('{"a":"1234567890123456789"}')).toEqual({ a: '1234567890123456789' });
  });

  test('keep their digits in arguments, both ways', () => {
    const body = parseExactly(
      `{"messages":[{"role":"user","content":"A"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":${big}}]}]}`,
    ) as object;
    expect(JSON.stringify(bodyOf('messages', 'chat', body))).toContain('1234567890123456789');
    const call = { id: 't', type: 'function', function: { name: 'f', arguments: big } };
    const sent = bodyOf('chat', 'messages', { messages: [user('A'), { role: 'assistant', tool_calls: [call] }] });
    expect(JSON.stringify(sent)).toContain(`"input":${big}`);
  });
});

test('tools and blocks in the shape of Messages on the chat route', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const sent = bodyOf('chat', 'messages', {
    messages: [
      user('A'),
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'x' },
          { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 'x' } },
        ],
      },
      user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'r' }] }]),
    ],
    tools: [
      { name: 'f', description: 'd', input_schema: schema },
      { name: 'g', parameters: schema },
    ],
    tool_choice: { type: 'any' },
  });
  expect(sent).toMatchObject({
    tools: [
      { name: 'f', description: 'd', input_schema: schema },
      { name: 'g', input_schema: schema },
    ],
    tool_choice: { type: 'any' },
    messages: [
      {},
      { content: [{ type: 'text' }, { type: 'tool_use', id: 'toolu_1', input: { a: 'x' } }] },
      { content: [{ type: 'tool_result', tool_use_id: 'toolu_1' }] },
    ],
  });
});

test('tools wrapped as in chat completions on the responses route', () => {
  const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }];
  expect(bodyOf('responses', 'messages', { input: 'A', tools }).tools).toMatchObject([{ name: 'f' }]);
});

describe('functions in the old form', () => {
  const open = () =>
    translation(side('chat', 'messages'), { model: 'm', messages: [user('A')], functions: [{ name: 'f' }] });
  const call = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
  const whole = { type: 'message', content: [call, { ...call, id: 'u', name: 'g' }], stop_reason: 'tool_use' };

  test('are asked for one at a time, and answered in that form', () => {
    const { body, fold, reader } = open();
    expect(body).toMatchObject({ tool_choice: { disable_parallel_tool_use: true } });
    expect(fold(reader.whole(whole))).toMatchObject({
      choices: [{ finish_reason: 'function_call', message: { function_call: { name: 'f', arguments: '{"a":1}' } } }],
    });
  });

  test('also in a stream', () => {
    const { reader, writer } = open();
    const text = reader
      .whole(whole)
      .map((event) => writer.encode(event))
      .join('');
    expect(text).toContain('"function_call":{"name":"f","arguments":""}');
    expect(text).toContain('"finish_reason":"function_call"');
    expect(text).not.toContain('tool_calls');
    expect(text).not.toContain('"g"');
  });
});

describe('chat servers', () => {
  const open = () => translation(side('messages', 'chat'), { model: 'm', max_tokens: 5, messages: [user('A')] });
  const chunk = (delta: object) => ({ data: JSON.stringify({ id: 'c', choices: [{ index: 0, delta }] }) });
  const names = (fragments: readonly object[]) => {
    const { reader } = open();
    const events = fragments.flatMap((tool) => reader.push(chunk({ tool_calls: [{ index: 0, ...tool }] })));
    return events.flatMap((event) =>
      event.type === 'block-start' && event.block.kind === 'tool' ? [event.block.name] : [],
    );
  };
  const part = (name: string, args: string, id = '') => ({ id, function: { name, arguments: args } });

  test('two calls that share the index 0 and have no ids are two', () => {
    expect(names([part('f', '{"a":"x"}'), part('g', '{"a":"y"}')])).toEqual(['f', 'g']);
    expect(names([part('f', '{"a":'), part('', '"x"}'), part('f', '{"a":"y"}')])).toEqual(['f', 'f']);
  });

  test('a call whose name comes with every fragment is one', () => {
    expect(names([part('f', '{"a":'), part('f', '"{"'), part('f', '}')])).toEqual(['f']);
    expect(names([part('f', '', 'i'), part('f', '{}', 'i'), part('f', '{"a":1}', 'i')])).toEqual(['f']);
  });

  test('may think in parts of the content, and count cached tokens beside the rest', () => {
    const { reader, fold } = open();
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'Hello' },
    ];
    const usage = { prompt_tokens: 100, completion_tokens: 2, cached_tokens: 80 };
    const whole = { choices: [{ index: 0, finish_reason: 'stop', message: { content } }], usage };
    expect(fold(reader.whole(whole))).toMatchObject({
      content: [{ type: 'thinking', thinking: 'hm' }, { text: 'Hello' }],
      usage: { input_tokens: 20, cache_read_input_tokens: 80 },
    });
  });
});

test('a web search keeps its limits', () => {
  const filters = { allowed_domains: ['example.com'] };
  const { tools } = bodyOf('responses', 'messages', { input: 'A', tools: [{ type: 'web_search', filters }] });
  expect(tools).toMatchObject([filters]);
  const search = { type: 'web_search_20250305', name: 'web_search', allowed_domains: ['example.com'] };
  const sent = bodyOf('messages', 'responses', { max_tokens: 5, messages: [user('A')], tools: [search] });
  expect(sent.tools).toEqual([{ type: 'web_search', filters }]);
});

test('structured output in the words of its beta', () => {
  const output_format = { type: 'json_schema', schema: { type: 'object' } };
  const sent = bodyOf('messages', 'chat', { max_tokens: 5, messages: [user('A')], output_format });
  expect(sent.response_format).toMatchObject({ type: 'json_schema' });
});
