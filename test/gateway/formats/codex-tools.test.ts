// The tools of Codex and other Responses clients at services that know functions only, and the way back.
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { readRequest } from '../../../src-main/gateway/formats/translation.ts';
import { objectOf, objectsOf, textOf } from '../../../src-main/gateway/model/json.ts';
import { counter, framesOf, side, translation } from '../support/translations.ts';

const fn = (name: string) => ({ type: 'function', name, parameters: { type: 'object', properties: {} } });
const namespace = (name: string, ...tools: readonly object[]) => ({
  type: 'namespace',
  name,
  description: name,
  tools,
});
const say = (content: string) => ({ type: 'message', role: 'user', content });
const request = (tools: readonly object[], ...input: readonly object[]) => ({
  model: 'm',
  input: [say('go'), ...input],
  tools,
});

const namesOf = (body: unknown): readonly string[] =>
  objectsOf(objectOf(body).tools).map((tool) => textOf(objectOf(tool.function).name));

/** What the client is given when a chat upstream calls tools by these names. */
function called(given: object, ...calls: readonly { readonly name: string; readonly args?: string }[]) {
  const asked = translation(side('responses', 'chat'), given);
  const tool_calls = calls.map(({ name, args = '{}' }, index) => ({
    id: `c${index}`,
    type: 'function',
    function: { name, arguments: args },
  }));
  const events = asked.reader.whole({
    choices: [{ message: { role: 'assistant', tool_calls }, finish_reason: 'stop' }],
  });
  return objectsOf(objectOf(asked.fold(events)).output);
}

describe('namespaces', () => {
  const tools = [fn('shell'), namespace('mcp__docs', fn('search')), namespace('mcp__web', fn('search'))];

  test('functions of a namespace go out with names of their own and come back as pairs', () => {
    const names = namesOf(translation(side('responses', 'chat'), request(tools)).body);
    expect(names).toEqual(['shell', 'mcp__docs__search', 'mcp__web__search']);
    expect(called(request(tools), ...names.map((name) => ({ name })))).toMatchObject([
      { type: 'function_call', name: 'shell' },
      { type: 'function_call', name: 'search', namespace: 'mcp__docs' },
      { type: 'function_call', name: 'search', namespace: 'mcp__web' },
    ]);
  });

  test('a tool without a namespace keeps its name when one of a namespace would be called the same', () => {
    const names = namesOf(translation(side('responses', 'chat'), request([namespace('a', fn('b')), fn('a__b')])).body);
    expect(names[1]).toBe('a__b');
    expect(names[0]).toMatch(/^a__b_[0-9a-f]{8}$/);
  });

  test('calls of the conversation carry the name that is offered', () => {
    const call = { type: 'function_call', call_id: 'c1', namespace: 'mcp__docs', name: 'search', arguments: '{}' };
    const result = { type: 'function_call_output', call_id: 'c1', output: 'r' };
    const chat = translation(side('responses', 'chat'), request(tools, call, result)).body;
    expect(chat).toMatchObject({ messages: [{}, { tool_calls: [{ function: { name: 'mcp__docs__search' } }] }, {}] });
    const gemini = translation(side('responses', 'gemini'), request(tools, call, result)).body;
    expect(JSON.stringify(objectOf(gemini).contents).match(/"name":"mcp__docs__search"/g)).toHaveLength(2);
  });

  test('free-form tools of a namespace are unwrapped, a chosen tool is named as it is offered', () => {
    const patch = { type: 'custom', name: 'patch', description: 'p' };
    const given = {
      ...request([namespace('functions', patch)]),
      tool_choice: { type: 'custom', name: 'patch', namespace: 'functions' },
    };
    expect(translation(side('responses', 'chat'), given).body).toMatchObject({
      tools: [{ function: { name: 'patch' } }],
      tool_choice: { function: { name: 'patch' } },
    });
    expect(called(given, { name: 'patch', args: '{"input":"*** Begin"}' })).toMatchObject([
      { type: 'custom_tool_call', name: 'patch', namespace: 'functions', input: '*** Begin' },
    ]);
  });
});

test('tools in an item of the conversation are offered, and those that a search found after them, each once', () => {
  const additional = { type: 'additional_tools', role: 'developer', tools: [namespace('functions', fn('exec'))] };
  const search = { type: 'tool_search', execution: 'client', description: 'd' };
  const call = { type: 'tool_search_call', call_id: 's1', execution: 'client', arguments: { query: 'word' } };
  const found = {
    type: 'tool_search_output',
    call_id: 's1',
    tools: [namespace('mcp__demo', fn('lookup')), namespace('functions', fn('exec'))],
  };
  const { body } = translation(side('responses', 'chat'), request([search], additional, call, found));
  expect(namesOf(body)).toEqual(['tool_search', 'exec', 'mcp__demo__lookup']);
  expect(objectOf(body).messages).toMatchObject([
    {},
    { tool_calls: [{ id: 's1', function: { name: 'tool_search', arguments: '{"query":"word"}' } }] },
    { role: 'tool', tool_call_id: 's1', content: expect.stringContaining('mcp__demo__lookup') },
  ]);
});

describe('tools that OpenAI defines and the client runs', () => {
  const args = {
    tool_search: { query: 'w' },
    local_shell: { command: ['ls'] },
    shell: { commands: ['ls'] },
    apply_patch: { type: 'delete_file', path: 'a' },
  };
  const kinds = Object.keys(args) as (keyof typeof args)[];
  const tool = (type: string) => ({ type, ...(type === 'tool_search' ? { execution: 'client' } : {}) });

  test.each(kinds)('%s is offered as a function, and called with the item of its own', (kind) => {
    const given = request([tool(kind)]);
    expect(namesOf(translation(side('responses', 'chat'), given).body)).toEqual([kind]);
    const [item] = called(given, { name: kind, args: JSON.stringify(args[kind]) });
    expect(item).toMatchObject({ type: `${kind}_call`, call_id: 'c0', status: 'completed' });
    expect(Object.values(objectOf(item))).toContainEqual(expect.objectContaining(args[kind]));
  });

  test.each(kinds)('a call of %s and its result stay in the conversation', (kind) => {
    const [item] = called(request([tool(kind)]), { name: kind, args: JSON.stringify(args[kind]) });
    const output = {
      type: `${kind}_call_output`.replace('search_call', 'search'),
      call_id: 'c0',
      output: 'DONE',
      tools: [fn('DONE')],
    };
    const { body } = translation(side('responses', 'messages'), request([tool(kind)], objectOf(item), output));
    expect(body).toMatchObject({
      messages: [
        {},
        { content: [{ type: 'tool_use', name: kind, input: args[kind] }] },
        { content: [{ type: 'tool_result' }] },
      ],
    });
    expect(JSON.stringify(body)).toContain('DONE');
  });

  test('a function of the same name is another tool', () => {
    const names = namesOf(translation(side('responses', 'chat'), request([tool('shell'), fn('shell')])).body);
    expect(names[1]).toBe('shell');
    expect(new Set(names).size).toBe(2);
    expect(called(request([tool('shell'), fn('shell')]), ...names.map((name) => ({ name })))).toMatchObject([
      { type: 'shell_call' },
      { type: 'function_call', name: 'shell' },
    ]);
  });

  test('such a call is whole in a stream', () => {
    const asked = translation(side('responses', 'chat'), { ...request([tool('local_shell')]), stream: true });
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      choices: [{ index: 0, delta, finish_reason }],
    });
    const pieces = ['{"command":', '["ls"]}'].map((text) => ({
      tool_calls: [{ index: 0, function: { arguments: text } }],
    }));
    const start = { tool_calls: [{ index: 0, id: 'c1', function: { name: 'local_shell', arguments: '' } }] };
    const text = [chunk(start), ...pieces.map((piece) => chunk(piece)), chunk({}, 'tool_calls'), '[DONE]']
      .flatMap((data) => asked.reader.push({ data: typeof data === 'string' ? data : JSON.stringify(data) }))
      .map((event) => asked.writer.encode(event))
      .join('');
    const events = framesOf(text).map(({ data }) => objectOf(JSON.parse(data)));
    const done = events.find(({ type }) => type === 'response.output_item.done');
    expect(done?.item).toMatchObject({
      type: 'local_shell_call',
      call_id: 'c1',
      action: { type: 'exec', command: ['ls'] },
    });
    expect(events.map(({ type }) => type)).not.toContain('response.function_call_arguments.delta');
  });
});

test.each([
  [{ type: 'compaction_trigger' }, /Compaction by the service exists at OpenAI only/],
  [{ type: 'compaction', encrypted_content: 'x' }, /sealed by OpenAI/],
  [{ type: 'something_new', encrypted_content: 'x' }, /sealed by the service/],
])('an item that only OpenAI can read is refused in words: %o', (item, words) => {
  const context = { newId: counter() };
  expect(() => readRequest(formats.responses, request([], item), context)).toThrow(words);
});
