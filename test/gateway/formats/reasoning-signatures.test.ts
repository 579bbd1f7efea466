// Signed reasoning goes home with the next turn, also for clients whose format has no place for it.
import { describe, expect, test } from 'vitest';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import { modelFacts } from '../../../src-main/models/model-facts.ts';
import { framesOf, side, translation } from '../support/translations.ts';

const question = { role: 'user', content: 'Weather?' };
const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } }];
const next = (id: string) => ({
  model: 'm',
  messages: [
    question,
    {
      role: 'assistant',
      content: 'Looking.',
      tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, content: '21' },
  ],
  tools,
  reasoning_effort: 'low',
});

test('a chat client of Claude: the thinking blocks stand before the call again, byte for byte', () => {
  const signatures = new SignatureCache();
  const first = translation(side('chat', 'messages'), { model: 'm', messages: [question], tools }, { signatures });
  const content = [
    { type: 'thinking', thinking: 'Hm, weather.', signature: 'c2ln+/=' },
    { type: 'redacted_thinking', data: 'eHg=' },
    { type: 'text', text: 'Looking.' },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} },
  ];
  first.reader.whole({ id: 'msg', type: 'message', role: 'assistant', content, stop_reason: 'tool_use', usage: {} });

  const second = translation(side('chat', 'messages'), next('toolu_1'), { signatures });
  expect(second.body).toMatchObject({
    messages: [{}, { role: 'assistant', content }, {}],
    thinking: { type: 'enabled' },
  });

  const elsewhere = translation(side('chat', 'gemini'), next('toolu_1'), { signatures });
  expect(JSON.stringify(elsewhere.body)).not.toContain('c2ln');
});

test('without the state, as after a restart, Claude is asked without thinking rather than rejected', () => {
  const { body, dropped } = translation(side('chat', 'messages'), next('toolu_1'));
  expect(body).not.toHaveProperty('thinking');
  expect(dropped).toContainEqual(expect.objectContaining({ severity: 'warn', path: 'thinking' }));
});

test('a Messages client of Gemini: the signature of a call comes back on the call', () => {
  const signatures = new SignatureCache();
  const first = translation(
    side('messages', 'gemini'),
    { model: 'm', max_tokens: 9, messages: [question] },
    { signatures },
  );
  const parts = [{ functionCall: { id: 'g1', name: 'f', args: { a: 1 } }, thoughtSignature: 'Z29v' }];
  first.reader.whole({ candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] });
  const messages = [
    question,
    { role: 'assistant', content: [{ type: 'tool_use', id: 'g1', name: 'f', input: { a: 1 } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'g1', content: '2' }] },
  ];
  const second = translation(side('messages', 'gemini'), { model: 'm', max_tokens: 9, messages }, { signatures });
  expect(second.body).toMatchObject({ contents: [{}, { role: 'model', parts }, {}] });
});

test('a chat client of Responses: the encrypted reasoning item stands before its call again', () => {
  const signatures = new SignatureCache();
  const first = translation(side('chat', 'responses'), { model: 'm', messages: [question], tools }, { signatures });
  const reasoning = {
    type: 'reasoning',
    id: 'rs_1',
    summary: [{ type: 'summary_text', text: 'Hm.' }],
    encrypted_content: 'ZW5j',
  };
  const call = { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{}' };
  first.reader.whole({ id: 'r', object: 'response', status: 'completed', output: [reasoning, call] });
  const { body } = translation(side('chat', 'responses'), next('call_1'), { signatures });
  expect(body).toMatchObject({ input: [{}, reasoning, {}, call, {}] });
});

test('calls of other models carry the documented stand-in where Gemini demands a signature', () => {
  const { body } = translation(side('chat', 'gemini'), next('call_1'), { target: { model: 'gemini-3-pro' } });
  expect(body).toMatchObject({
    contents: [{}, { parts: [{}, { thoughtSignature: 'context_engineering_is_the_way_to_go' }] }, {}],
  });
});

describe('a Responses client of Claude, whose items are turns of their own', () => {
  const signed = { type: 'thinking', thinking: 'Hm.', signature: 'c2lnbmF0dXJl' };
  const call = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} });
  const first = {
    model: 'm',
    input: [{ role: 'user', content: 'go' }],
    tools: [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }],
    reasoning: { effort: 'medium' },
  };

  test.each([
    ['text before the call', [{ type: 'text', text: 'I look.' }, call('toolu_1')]],
    ['two parallel calls', [call('toolu_1'), call('toolu_2')]],
    ['text between the calls', [call('toolu_1'), { type: 'text', text: 'And.' }, call('toolu_2')]],
  ])('the thinking stands once, at the start of the turn: %s', (_, rest) => {
    const signatures = new SignatureCache();
    const content = [signed, ...rest];
    const asked = translation(side('responses', 'messages'), first, { signatures });
    const events = asked.reader.whole({ id: 'msg', content, stop_reason: 'tool_use', usage: {} });
    const { output } = asked.fold(events) as { output: readonly Record<string, unknown>[] };
    const results = output
      .filter(({ type }) => type === 'function_call')
      .map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'found' }));
    const next = { ...first, input: [...first.input, ...output, ...results] };
    const { body } = translation(side('responses', 'messages'), next, { signatures });
    expect(body).toMatchObject({ thinking: { type: 'enabled' }, messages: [{}, { content }, {}] });
  });
});

describe('a Gemini client, which returns calls without ids, after a restart', () => {
  const declarations = [{ functionDeclarations: [{ name: 'f', parameters: { type: 'OBJECT', properties: {} } }] }];
  const first = {
    contents: [{ role: 'user', parts: [{ text: 'go' }] }],
    tools: declarations,
    generationConfig: { thinkingConfig: { thinkingBudget: 8192, includeThoughts: true } },
  };
  type Upstream = 'messages' | 'responses' | 'chat';
  const model = { target: { model: 'deepseek-v4-pro', facts: modelFacts('deepseek-v4-pro') } };

  /** The next request of a client that leaves out ids and thoughts. */
  function next(upstream: Upstream, answer: unknown, isStream: boolean) {
    const asked = translation(side('gemini', upstream), first, { stream: isStream });
    const events = asked.reader.whole(answer);
    const chunks = isStream
      ? framesOf(events.map((event) => asked.writer.encode(event)).join('')).map(({ data }) => JSON.parse(data))
      : [asked.fold(events)];
    const parts = chunks
      .flatMap((chunk) => chunk.candidates[0].content.parts)
      .filter((part: { thought?: boolean; text?: string }) => !part.thought && part.text !== '')
      .map((part: { functionCall?: { id?: string } }) =>
        part.functionCall ? { ...part, functionCall: { ...part.functionCall, id: undefined } } : part,
      );
    const results = parts.flatMap((part: { functionCall?: object }) =>
      part.functionCall ? [{ functionResponse: { name: 'f', response: { output: 'found' } } }] : [],
    );
    const contents = [...first.contents, { role: 'model', parts }, { role: 'user', parts: results }];
    return JSON.parse(JSON.stringify({ ...first, contents }));
  }

  test.each([false, true])('of Claude: thinking leads the turn and stays on (stream: %s)', (isStream) => {
    const content = [
      { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} },
      { type: 'tool_use', id: 'toolu_2', name: 'f', input: {} },
    ];
    const given = next('messages', { id: 'm', content, stop_reason: 'tool_use', usage: {} }, isStream);
    expect(translation(side('gemini', 'messages'), given).body).toMatchObject({
      thinking: { type: 'enabled' },
      messages: [{}, { content }, { content: [{ tool_use_id: 'toolu_1' }, { tool_use_id: 'toolu_2' }] }],
    });
  });

  test('of Responses: the encrypted item is back before its call', () => {
    const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'ZW5j' };
    const call = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' };
    const given = next('responses', { id: 'r', status: 'completed', output: [reasoning, call] }, true);
    expect(translation(side('gemini', 'responses'), given).body).toMatchObject({ input: [{}, reasoning, call, {}] });
  });

  test('of DeepSeek: what it thought is back beside its call', () => {
    const tool_calls = [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }];
    const message = { role: 'assistant', content: null, reasoning_content: 'Hm.', tool_calls };
    const given = next('chat', { choices: [{ message, finish_reason: 'tool_calls' }] }, false);
    expect(translation(side('gemini', 'chat'), given, model).body).toMatchObject({
      messages: [{}, { reasoning_content: 'Hm.', tool_calls }, {}],
    });
  });
});

describe('reasoning_content for the models that want it back', () => {
  const deepseek = { model: 'deepseek-v4-pro', facts: modelFacts('deepseek-v4-pro') };
  const call = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' };
  const result = { type: 'function_call_output', call_id: 'call_1', output: 'r' };
  const ask = (...input: readonly object[]) => ({ model: 'm', input: [question, ...input] });

  test('is remembered for a client that drops what has no signature', () => {
    const signatures = new SignatureCache();
    const asked = translation(side('responses', 'chat'), ask(), { signatures, target: deepseek });
    const tool_calls = [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }];
    asked.reader.whole({ choices: [{ message: { reasoning_content: 'Hm.', tool_calls }, finish_reason: 'stop' }] });
    const { body } = translation(side('responses', 'chat'), ask(call, result), { signatures, target: deepseek });
    expect(body).toMatchObject({ messages: [{}, { reasoning_content: 'Hm.' }, {}] });
  });

  test('is never missing beside a call, since such models reject that', () => {
    const { body } = translation(side('responses', 'chat'), ask(call, result), { target: deepseek });
    expect(body).toMatchObject({ messages: [{}, { reasoning_content: ' ' }, {}] });
  });

  test('goes to no other server', () => {
    const reasoning = { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] };
    const { body } = translation(side('responses', 'chat'), ask(reasoning, call, result));
    expect(JSON.stringify(body)).not.toContain('reasoning_content');
  });
});

describe("Gemini by its chat form, whose calls carry Google's signature", () => {
  const gemini = { model: 'gemini-3-pro-preview', facts: modelFacts('gemini-3-pro-preview') };
  const extra_content = { google: { thought_signature: 'SIG-1' } };
  const tool_call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
  const messages = [
    question,
    { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'f', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'r' }] },
  ];
  const given = { model: 'm', max_tokens: 99, messages };

  test('a client of another format brings it back', () => {
    const signatures = new SignatureCache();
    const asked = translation(
      side('messages', 'chat'),
      { ...given, messages: [question] },
      { signatures, target: gemini },
    );
    asked.reader.whole({
      choices: [{ message: { tool_calls: [{ ...tool_call, extra_content }] }, finish_reason: 'stop' }],
    });
    const again = translation(side('messages', 'chat'), given, { signatures, target: gemini });
    expect(again.body).toMatchObject({ messages: [{}, { tool_calls: [{ ...tool_call, extra_content }] }, {}] });
    const elsewhere = translation(side('messages', 'chat'), given, { signatures });
    expect(JSON.stringify(elsewhere.body)).not.toContain('SIG-1');
  });

  test('calls of other models carry the stand-in', () => {
    expect(JSON.stringify(translation(side('messages', 'chat'), given, { target: gemini }).body)).toContain(
      '"extra_content":{"google":{"thought_signature":"context_engineering_is_the_way_to_go"}}',
    );
  });

  test('a chat client that returns it has it at Google’s own format too', () => {
    const chat = {
      model: 'm',
      messages: [
        question,
        { role: 'assistant', tool_calls: [{ ...tool_call, extra_content }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'r' },
      ],
    };
    expect(translation(side('chat', 'gemini'), chat).body).toMatchObject({
      contents: [{}, { parts: [{ thoughtSignature: 'SIG-1' }] }, {}],
    });
  });
});
