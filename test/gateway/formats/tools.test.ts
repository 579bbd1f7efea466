import { expect, test } from 'vitest';
import { side, translation } from '../support/translations.ts';

const calls = (body: unknown): unknown =>
  (body as { choices: { message: { tool_calls: unknown } }[] }).choices[0]?.message.tool_calls;

test('a tool name that the upstream would reject comes back to the client as it was', () => {
  const name = 'files/read.text';
  const { body, reader, fold } = translation(side('chat', 'messages'), {
    model: 'm',
    messages: [{ role: 'user', content: 'Go' }],
    tools: [{ type: 'function', function: { name } }],
  });
  const [tool] = (body as { tools: { name: string }[] }).tools;
  expect(tool?.name).toMatch(/^files_read_text_[0-9a-f]{8}$/);
  const content = [{ type: 'tool_use', id: 't1', name: tool?.name, input: {} }];
  expect(calls(fold(reader.whole({ id: 'x', content, stop_reason: 'tool_use' })))).toEqual([
    { id: 't1', type: 'function', function: { name, arguments: '{}' } },
  ]);
});

test('a free-form tool is wrapped for the upstream and unwrapped for the client, also when it streams', () => {
  const client = { model: 'm', stream: true, input: 'Patch', tools: [{ type: 'custom', name: 'apply_patch' }] };
  const { body, reader, writer } = translation(side('responses', 'messages'), client);
  expect(body).toMatchObject({
    tools: [{ name: 'apply_patch', input_schema: { properties: { input: { type: 'string' } }, required: ['input'] } }],
  });
  const frames = [
    { type: 'message_start', message: { id: 'm', usage: {} } },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'tool_use', id: 't1', name: 'apply_patch', input: {} },
    },
    { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"input":"*** \\"Be' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: 'gin\\""}' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: {} },
    { type: 'message_stop' },
  ];
  const text = frames
    .flatMap((frame) => reader.push({ data: JSON.stringify(frame) }))
    .map((event) => writer.encode(event))
    .join('');
  expect(text).toContain('event: response.custom_tool_call_input.done');
  expect(text).toContain(
    JSON.stringify({
      id: 'ctc_2',
      type: 'custom_tool_call',
      status: 'completed',
      call_id: 't1',
      name: 'apply_patch',
      input: '*** "Begin"',
    }),
  );
});

test('tools of the service that nobody else has: left out beside others, rejected when they were all there was', () => {
  const body = (tools: unknown[]) => ({ model: 'm', input: 'Go', tools });
  const shell = { type: 'image_generation' };
  const { dropped } = translation(
    side('responses', 'chat'),
    body([shell, { type: 'function', name: 'f', parameters: {} }]),
  );
  expect(dropped).toContainEqual({
    severity: 'warn',
    path: 'tools',
    reason: 'the upstream has no tool like image_generation',
  });
  expect(() => translation(side('responses', 'chat'), body([shell]))).toThrow('image_generation');
  expect(translation(side('responses', 'gemini'), body([{ type: 'web_search' }])).body).toMatchObject({
    tools: [{ googleSearch: {} }],
  });
});

test('thinking makes room: the token limit rises, a forced tool is left to the model, temperature is dropped', () => {
  const { body, dropped } = translation(side('chat', 'messages'), {
    model: 'm',
    messages: [{ role: 'user', content: 'Go' }],
    max_tokens: 500,
    temperature: 0.2,
    reasoning_effort: 'low',
    tools: [{ type: 'function', function: { name: 'f' } }],
    tool_choice: 'required',
  });
  expect(body).toMatchObject({
    max_tokens: 1524,
    thinking: { type: 'enabled', budget_tokens: 1024 },
    tool_choice: { type: 'auto' },
  });
  expect(body).not.toHaveProperty('temperature');
  expect(dropped.map(({ path }) => path)).toEqual(expect.arrayContaining(['tool_choice', 'temperature']));
});

test('newer Claude models are told an effort instead of a budget, and one sampling number instead of two', () => {
  const request = { model: 'm', messages: [{ role: 'user', content: 'Go' }], temperature: 0.2, top_p: 0.9 };
  const model = (name: string) => ({ target: { model: name } });
  const thinking = { ...request, reasoning_effort: 'high' };
  expect(translation(side('chat', 'messages'), thinking, model('claude-opus-4-7')).body).toMatchObject({
    thinking: { type: 'adaptive' },
    output_config: { effort: 'high' },
  });
  expect(translation(side('chat', 'messages'), thinking, model('claude-opus-4-20250514')).body).toMatchObject({
    thinking: { type: 'enabled', budget_tokens: 24_576 },
  });
  expect(translation(side('chat', 'messages'), request, model('claude-sonnet-4-5-20250929')).body).not.toHaveProperty(
    'top_p',
  );
  expect(translation(side('chat', 'messages'), request, model('claude-sonnet-4-20250514')).body).toHaveProperty(
    'top_p',
    0.9,
  );
});

test('a user id longer than OpenAI takes is shortened, always to the same', () => {
  const body = {
    model: 'm',
    max_tokens: 9,
    messages: [{ role: 'user', content: 'Go' }],
    metadata: { user_id: 'u'.repeat(200) },
  };
  const sent = (translation(side('messages', 'chat'), body).body as { user: string }).user;
  expect(sent).toHaveLength(64);
  expect(translation(side('messages', 'responses'), body).body).toMatchObject({ user: sent });
});

test.each([
  [
    { type: 'function', function: { name: 'f' } },
    { type: 'tool', name: 'f' },
  ],
  [
    { type: 'function', name: 'f' },
    { type: 'tool', name: 'f' },
  ],
  [
    { type: 'tool', name: 'f' },
    { type: 'tool', name: 'f' },
  ],
  [{ type: 'any' }, { type: 'any' }],
  [{ type: 'auto' }, { type: 'auto' }],
])('the choice %j of a Responses client is read however it is wrapped', (tool_choice, expected) => {
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const { body } = translation(side('responses', 'messages'), { model: 'm', input: 'A', tools, tool_choice });
  expect(body).toMatchObject({ tool_choice: expected });
});

test.each(['messages', 'responses', 'gemini'] as const)(
  'calls of one chat response under one id are told apart, %s client',
  (client) => {
    const call = (city: string) => ({
      id: 'call_0',
      type: 'function',
      function: { name: 'f', arguments: `{"c":"${city}"}` },
    });
    const message = { role: 'assistant', tool_calls: [call('Oslo'), call('Rome')] };
    const request = { messages: [{ role: 'user', content: 'A' }], input: 'A', contents: [{ parts: [{ text: 'A' }] }] };
    const { reader, fold } = translation(side(client, 'chat'), { model: 'm', max_tokens: 9, ...request });
    const json = JSON.stringify(
      fold(reader.whole({ id: 'c', choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })),
    );
    expect(json.match(/Oslo|Rome/g)).toEqual(['Oslo', 'Rome']);
    expect(new Set(json.match(/"(?:call_id|id)":"call_[^"]*"/g))).toHaveProperty('size', 2);
  },
);
