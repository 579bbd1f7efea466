// Signed reasoning goes home with the next turn, also for clients whose format has no place for it.
import { describe, expect, test } from 'vitest';
import { SignatureCache } from '../../../src-main/gateway/model/signature-cache.ts';
import { side, translation } from '../support/translations.ts';

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
