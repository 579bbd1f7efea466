// Backends of accounts: narrower than the formats they resemble, or in an envelope.
import { describe, expect, test } from 'vitest';
import { side, translation } from '../support/translations.ts';

const chatRequest = {
  model: 'm',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
  ],
  max_tokens: 9,
  temperature: 0.5,
  user: 'u',
};

describe('the ChatGPT backend', () => {
  test('gets a stream request without the fields it rejects, and nothing is stored', () => {
    const { body, dropped } = translation(side('chat', 'codex'), chatRequest, { target: { stream: true } });
    expect(body).toEqual({
      model: 'up-model',
      instructions: 'Be brief.',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      parallel_tool_calls: true,
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
    });
    expect(dropped.map(({ path }) => path)).toEqual(expect.arrayContaining(['max_tokens', 'temperature']));
  });

  test('is folded for a client that does not stream', () => {
    const { reader, fold } = translation(side('chat', 'codex'), chatRequest);
    const frames = [
      { type: 'response.created', response: { id: 'r' } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hel' },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'lo' },
      {
        type: 'response.completed',
        response: { id: 'r', status: 'completed', output: [], usage: { input_tokens: 5, output_tokens: 2 } },
      },
    ];
    const events = [...frames.flatMap((frame) => reader.push({ data: JSON.stringify(frame) })), ...reader.end()];
    expect(fold(events)).toMatchObject({
      choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 2 },
    });
  });
});

describe('the Gemini CLI backend', () => {
  test('gets and sends Gemini bodies in an envelope', () => {
    const { body, reader } = translation(
      side('messages', 'gemini-cli'),
      { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
      { target: { project: 'p-1' } },
    );
    expect(body).toEqual({
      model: 'up-model',
      project: 'p-1',
      request: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generationConfig: { maxOutputTokens: 9 } },
    });
    const response = { candidates: [{ content: { parts: [{ text: 'Hello' }] }, finishReason: 'STOP' }] };
    const events = [...reader.push({ data: JSON.stringify({ response: response }) }), ...reader.end()];
    expect(events).toContainEqual({ type: 'delta', index: 0, text: 'Hello' });
    expect(events.at(-1)).toEqual({ type: 'end' });
  });

  test('tells errors without one', () => {
    const { reader } = translation(side('messages', 'gemini-cli'), {
      model: 'm',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    const events = reader.whole([{ error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED' } }]);
    expect(events).toEqual([{ type: 'error', error: { status: 429, message: 'Quota', code: 'RESOURCE_EXHAUSTED' } }]);
  });
});
