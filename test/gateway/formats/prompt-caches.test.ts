// What a conversation sends first stays as it is from turn to turn, and is marked where a service caches only what is.
import { describe, expect, test } from 'vitest';
import { objectOf } from '../../../src-main/gateway/model/json.ts';
import { clientFormats, side, translation } from '../support/translations.ts';

const say = (role: string, content: string) => ({ role, content });
const talk = [say('user', 'go'), say('assistant', 'one'), say('user', 'more'), say('system', 'NOTE-1')];
const longer = [...talk, say('assistant', 'two'), say('user', 'again'), say('system', 'NOTE-2')];

/** What an upstream reads, in its order. */
function prompt(body: unknown): readonly string[] {
  const { instructions, input, system, systemInstruction, messages, contents } = objectOf(body);
  const turns = [messages, input, contents].find(Array.isArray) ?? [];
  return [instructions ?? system ?? systemInstruction, ...turns].map((one) => JSON.stringify(one) ?? '');
}

const clients = {
  messages: (messages: readonly object[]) => ({ model: 'm', max_tokens: 99, system: 'SYS', messages }),
  chat: (messages: readonly object[]) => ({ model: 'm', messages: [say('system', 'SYS'), ...messages] }),
  responses: (input: readonly object[]) => ({ model: 'm', instructions: 'SYS', input }),
};

describe.each(Object.keys(clients) as (keyof typeof clients)[])('a %s client', (client) => {
  test.each(clientFormats.filter((format) => format !== client))(
    'a system message between turns keeps its place and the beginning stays as it was, to %s',
    (upstream) => {
      const before = prompt(translation(side(client, upstream), clients[client](talk)).body);
      const after = prompt(translation(side(client, upstream), clients[client](longer)).body);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(before[0]).not.toContain('NOTE');
      expect(after.join()).toMatch(/more.*NOTE-1.*two.*again.*NOTE-2/);
    },
  );
});

test('a system message between turns is a developer message of a Responses service', () => {
  const { body } = translation(side('chat', 'responses'), clients.chat(talk));
  expect(objectOf(body).input).toMatchObject([
    { role: 'user' },
    { role: 'assistant' },
    { role: 'user' },
    { role: 'developer', content: [{ text: 'NOTE-1' }] },
  ]);
});

test('a remark of Claude Code between turns is a text of the user, as Claude Code has it for older models', () => {
  const { body } = translation(side('messages', 'responses'), clients.messages(talk));
  expect(objectOf(body).input).toMatchObject([
    { role: 'user' },
    { role: 'assistant' },
    { role: 'user', content: [{ text: 'more' }, { text: 'NOTE-1' }] },
  ]);
});

describe('cache marks for Claude', () => {
  const mark = { cache_control: { type: 'ephemeral' } };
  const long = 'Rules. '.repeat(400);
  const input = (...turns: readonly object[]) => ({ model: 'm', instructions: long, input: turns });
  const body = (given: object, client: 'responses' | 'messages' | 'chat' = 'responses') =>
    objectOf(translation(side(client, 'messages'), given).body);

  test('the part that stays the same is marked, a single question is not', () => {
    const { system, messages } = body(input(say('user', 'Hi')));
    expect(system).toEqual([{ type: 'text', text: long, ...mark }]);
    expect(JSON.stringify(messages)).not.toContain('cache_control');
  });

  test('tools are marked when there is no system text', () => {
    const tools = ['a', 'b'].map((name) => ({ type: 'function', name, description: long, parameters: {} }));
    expect(body({ model: 'm', tools, input: 'Hi' }).tools).toMatchObject([{ name: 'a' }, { name: 'b', ...mark }]);
    expect(JSON.stringify(body({ model: 'm', tools, input: 'Hi' }).tools).match(/cache_control/g)).toHaveLength(1);
  });

  test('a conversation that goes on is marked at its end', () => {
    const { messages } = body(input(say('user', 'Hi'), say('assistant', 'Ho'), say('user', 'And?')));
    expect(messages).toMatchObject([{}, {}, { content: [{ text: 'And?', ...mark }] }]);
  });

  test('a short request is left as it is', () => {
    expect(JSON.stringify(body({ model: 'm', instructions: 'Short.', input: 'Hi' }))).not.toContain('cache_control');
  });

  test('a client that sets marks itself gets no more of them', () => {
    const content = [{ type: 'text', text: long, cache_control: { type: 'ephemeral', ttl: '1h' } }];
    const sent = body({ model: 'm', messages: [{ role: 'system', content }, say('user', 'Hi')] }, 'chat');
    expect(JSON.stringify(sent).match(/cache_control/g)).toHaveLength(1);
  });
});

test.each([
  ['user_1_account_2_session_3', '3'],
  [JSON.stringify({ device_id: 'd', session_id: 's-1' }), 's-1'],
  ['somebody', undefined],
])('the session in the user id %s is the cache key of a Responses service', (user_id, key) => {
  const given = { ...clients.messages([say('user', 'Hi')]), metadata: { user_id } };
  const { body } = translation(side('messages', 'responses'), given);
  expect(objectOf(body).prompt_cache_key).toBe(key);
});
