// A conversation that goes on at another provider of the client's own format: what that provider would reject is taken
// out of the body, everything else keeps its bytes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkedBuffer } from '../../../src-main/gateway/bytes/chunked-buffer.ts';
import { membersOf } from '../../../src-main/gateway/bytes/json-members.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import { reasoningToken } from '../../../src-main/gateway/model/reasoning/reasoning-token.ts';
import { passthroughBody } from '../../../src-main/gateway/passthrough/passthrough-body.ts';

/** The body as it is passed on, with what was reported. */
function passed(format: keyof typeof formats, text: string, options: { model?: string; action?: 'count' } = {}) {
  const bytes = Buffer.from(text);
  const body = new ChunkedBuffer([bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)]);
  const request = {
    body,
    members: membersOf(body) ?? [],
    stream: false,
    action: options.action ?? ('generate' as const),
  };
  const dropped = new DroppedFields();
  const sent = passthroughBody(request, formats[format], { model: options.model ?? 'm' }, dropped);
  return {
    text: Buffer.concat([sent].flat()).toString(),
    dropped: dropped.all.map(({ severity, path }) => `${severity} ${path}`),
  };
}

describe('messages', () => {
  const own = '{ "type": "thinking", "thinking": "Hm. \\u00fc", "signature": "c2ln" }';
  const text = '{"type":"text", "text":"B \\u00fc" }';
  const call = '{"type":"tool_use","id":"t","name":"f","input":{"n":1234567890123456789}}';
  const result = '{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}';
  const foreign = {
    'an empty signature': '{"type":"thinking","thinking":"Hm.","signature":""}',
    'no signature': '{"type":"thinking","thinking":"Hm."}',
    'a signature of OpenAI': '{"type":"thinking","thinking":"Hm.","signature":"gAAAAABo"}',
    'a token of the gateway': `{"type":"thinking","thinking":"Hm.","signature":"${reasoningToken({ id: 'c', thinking: [] })}"}`,
    'hidden text that is empty': '{"type":"redacted_thinking","data":""}',
  };
  const body = (content: string, ...more: readonly string[]) =>
    `{"model":"m","messages":[{"role":"user","content":"A"},${[`{"role":"assistant","content":[${content}] }`, ...more].join()}],"thinking": {"type":"enabled","budget_tokens":2000},"context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"},{"type":"other"}]} }`;

  test.each(Object.entries(foreign))('thinking with %s is left out', (_, block) => {
    const sent = passed('messages', body(`${block},${text}`, '{"role":"user","content":"C"}'));
    expect(sent).toEqual({
      text: body(text, '{"role":"user","content":"C"}'),
      dropped: ['info messages'],
    });
    expect(passed('messages', body(`${block},${text}`), { action: 'count' }).text).not.toContain('Hm.');
  });

  test('a body with nothing but thinking of Anthropic keeps its bytes', () => {
    const given = body(`${own},${text}`, result);
    expect(passed('messages', given)).toEqual({ text: given, dropped: [] });
  });

  test('a message that held nothing else is left out', () => {
    const sent = JSON.parse(passed('messages', body(foreign['no signature'], '{"role":"user","content":"C"}')).text);
    expect(sent.messages).toEqual([
      { role: 'user', content: 'A' },
      { role: 'user', content: 'C' },
    ]);
  });

  test('thinking is switched off when the turn whose results follow has lost its start', () => {
    const sent = passed('messages', body(`${foreign['an empty signature']},${call}`, result));
    expect(sent.dropped).toEqual(['info messages', 'warn thinking']);
    expect(sent.text).toContain('1234567890123456789');
    const json = JSON.parse(sent.text);
    expect(json).not.toHaveProperty('thinking');
    expect(json.context_management).toEqual({ edits: [{ type: 'other' }] });
  });

  test('thinking is switched off when that turn was made without any', () => {
    const sent = passed('messages', body(call, result));
    expect(sent.dropped).toEqual(['warn thinking']);
    expect(JSON.parse(sent.text)).not.toHaveProperty('thinking');
    const earlier = body(`${own},${text}`, `{"role":"assistant","content":[${call}]}`, result);
    expect(passed('messages', earlier)).toEqual({ text: earlier, dropped: [] });
  });

  test('thinking stays on when that turn begins with its own, or the model chooses its budget', () => {
    const signed = passed('messages', body(`${own},${foreign['no signature']},${call}`, result));
    expect(JSON.parse(signed.text)).toHaveProperty('thinking.type', 'enabled');
    const adaptive = body(`${foreign['no signature']},${call}`, result).replace('"enabled"', '"adaptive"');
    expect(JSON.parse(passed('messages', adaptive).text)).toHaveProperty('thinking.type', 'adaptive');
  });

  test('any content without foreign thinking keeps its bytes', () => {
    const value = fc.jsonValue().map((json) => JSON.stringify(json, null, 1));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (blocks) => {
        const given = body([own, ...blocks].join());
        expect(passed('messages', given).text).toBe(given);
      }),
    );
  });
});

describe('responses', () => {
  const item = (more: string) => `{"type":"reasoning",${more}"summary":[{"type":"summary_text","text":"Hm."}]}`;
  const body = (...items: readonly string[]) => `{"model":"m","input":[{"role":"user","content":"A"},${items.join()}]}`;
  const call = '{ "type":"function_call","call_id":"c","name":"f","arguments":"{}" }';

  test.each([
    ['responses', '"id":"rs_own_1",'],
    ['responses', ''],
    ['responses', '"id":"rs_own_1","encrypted_content":null,'],
    ['codex', '"id":"rs_own_1",'],
  ] as const)('%s: a reasoning item made here is left out (%s)', (format, more) => {
    const sent = passed(format, body(item(more), call));
    expect(sent.text).toContain(`{"role":"user","content":"A"},${call}]`);
    expect(sent.dropped).toEqual(['info input']);
  });

  test.each([
    '"id":"rs_68a1",',
    '"id":"rs_own_1","encrypted_content":"x",',
    '"content":[{"type":"reasoning_text","text":"Hm."}],',
  ])('an item that the service may know stays (%s)', (more) => {
    const given = body(item(more), call);
    expect(passed('responses', given)).toEqual({ text: given, dropped: [] });
  });

  test('reasoning that is sealed by the gateway itself leaves the conversation', () => {
    const token = reasoningToken({ id: '', thinking: [{ kind: 'thinking', text: 'Hm.' }] });
    const sent = passed('responses', body(item(`"id":"rs_own_1","encrypted_content":"${token}",`), call));
    expect(sent.text).not.toContain(token);
    expect(sent.dropped).toEqual(['info input']);
  });
});

describe('gemini', () => {
  const token = reasoningToken({ id: 'toolu_1', thinking: [{ kind: 'thinking', text: 'Hm.' }] });
  const call = (signature: string) => `{"functionCall":{"name":"f","args":{"n": 1}},"thoughtSignature":"${signature}"}`;
  const body = (...parts: readonly string[]) =>
    `{"contents": [{"role":"user","parts":[{"text":"A"}]},{"role":"model","parts":[${parts.join()}]}]}`;

  test.each(['gemini', 'gemini-cli'] as const)('%s: tokens of the gateway do not go to Google', (format) => {
    for (const action of [undefined, 'count' as const]) {
      const sent = passed(format, body(call(token), call(token)), {
        model: 'gemini-2.5-flash',
        ...(action ? { action } : {}),
      });
      expect(sent.text).not.toContain(token);
      expect(sent.text).toContain('{"functionCall":{"name":"f","args":{"n": 1}}}]');
    }
  });

  test.each(['gemini-3-pro-preview', 'gemini-2.5-pro'])(
    'the first call of a turn gets the stand-in, which newer models demand (%s)',
    (model) => {
      const sent = passed('gemini', body(call(token), call(token)), { model });
      expect(sent.text.match(/context_engineering_is_the_way_to_go/g)).toHaveLength(1);
      expect(JSON.parse(sent.text).contents[1].parts[0]).toHaveProperty('thoughtSignature');
    },
  );

  test("Google's own signatures keep their bytes", () => {
    const given = body(call('CiQBsig'), '{"text":"x" }');
    expect(passed('gemini', given).text).toBe(given);
  });
});
