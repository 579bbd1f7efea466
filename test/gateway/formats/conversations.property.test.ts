// Whole conversations: each turn is answered by an upstream of any format, goes back in the way in which clients of each
// format send history, and is continued at another upstream. What every upstream gets is judged as a strict service would.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkedBuffer } from '../../../src-main/gateway/bytes/chunked-buffer.ts';
import { membersOf } from '../../../src-main/gateway/bytes/json-members.ts';
import type { NewId } from '../../../src-main/gateway/formats/format.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import type { IrEvent } from '../../../src-main/gateway/model/events.ts';
import { isReasoningToken } from '../../../src-main/gateway/model/reasoning/reasoning-token.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import type { Issuer } from '../../../src-main/gateway/model/request.ts';
import { passthroughBody } from '../../../src-main/gateway/passthrough/passthrough-body.ts';
import { modelFacts } from '../../../src-main/models/model-facts.ts';
import type { JsonObject } from '../../../src-shared/json.ts';
import { requestFaults } from '../../conformance/gateway/formats.mjs';
import { legalAnswer, type PlannedAnswer } from '../support/arbitrary-events.ts';
import { type ClientForm, clientFormats, counter, side, translation, wholeAnswer } from '../support/translations.ts';

/** 10,000 in the long run. */
const conversations = process.env.SOAK ? 10_000 : 200;

const models: Readonly<Record<ClientForm, string>> = {
  chat: 'deepseek-reasoner',
  responses: 'gpt-5.1',
  messages: 'claude-sonnet-4-5',
  gemini: 'gemini-3-pro-preview',
};
const issuers: Readonly<Record<ClientForm, Issuer | undefined>> = {
  chat: undefined,
  responses: 'openai',
  messages: 'anthropic',
  gemini: 'google',
};

interface Step {
  readonly upstream: ClientForm;
  readonly answer: PlannedAnswer;
}

const conversation = fc.record({
  client: fc.constantFrom(...clientFormats),
  steps: fc.array(fc.record({ upstream: fc.constantFrom(...clientFormats), answer: legalAnswer }), {
    minLength: 2,
    maxLength: 4,
  }),
});

/** What the upstream really says: calls with ids of their own, and signatures that it could have made. */
const spoken = ({ upstream, answer }: Step, turn: number): readonly IrEvent[] =>
  answer.events.flatMap((event): readonly IrEvent[] => {
    if (event.type === 'block-start' && event.block.kind === 'tool')
      return [{ ...event, block: { ...event.block, id: `call_${turn}_${event.index}` } }];
    if (event.type !== 'signature') return [event];
    const issuer = issuers[upstream];
    if (issuer === undefined) return [];
    const value = Buffer.from(`signed by ${issuer}`).toString('base64');
    return [{ ...event, signature: { issuer, value, ...(issuer === 'openai' ? { id: `rs_own_${turn}` } : {}) } }];
  });

/** One client: its requests, and how it sends back what it got. */
interface Client {
  readonly first: readonly JsonObject[];
  readonly request: (history: readonly JsonObject[], tools: readonly string[]) => JsonObject;
  readonly continued: (response: JsonObject) => readonly JsonObject[];
}

const schema = { type: 'object', properties: {} };
const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : []);

const clients: Readonly<Record<ClientForm, Client>> = {
  chat: {
    first: [{ role: 'user', content: 'U' }],
    request: (messages, tools) => ({
      model: 'm',
      messages,
      reasoning_effort: 'medium',
      tools: tools.map((name) => ({ type: 'function', function: { name, parameters: schema } })),
    }),
    continued: ({ choices }) => {
      const message = list(choices)[0]?.message as JsonObject;
      const calls = list(message.tool_calls);
      const results = calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'R' }));
      // A refusal stands in a field of its own, which clients send back as the text it is.
      const echoed = { ...message, content: message.content ?? message.refusal ?? (calls.length > 0 ? null : '') };
      return [echoed, ...(calls.length > 0 ? results : [{ role: 'user', content: 'More' }])];
    },
  },
  responses: {
    first: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'U' }] }],
    request: (input, tools) => ({
      model: 'm',
      input,
      store: false,
      reasoning: { effort: 'medium' },
      tools: tools.map((name) => ({ type: 'function', name, parameters: schema })),
    }),
    continued: ({ output }) => {
      const calls = list(output).filter(({ type }) => type === 'function_call');
      const results = calls.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'R' }));
      const more = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'More' }] };
      return [...list(output), ...(calls.length > 0 ? results : [more])];
    },
  },
  messages: {
    first: [{ role: 'user', content: 'U' }],
    request: (messages, tools) => ({
      model: 'm',
      max_tokens: 8000,
      messages,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      tools: tools.map((name) => ({ name, input_schema: schema })),
    }),
    continued: ({ content }) => {
      const calls = list(content).filter(({ type }) => type === 'tool_use');
      const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'R' }));
      return [
        // The service itself rejects an empty message, and clients know.
        ...(list(content).length > 0 ? [{ role: 'assistant', content }] : []),
        { role: 'user', content: calls.length > 0 ? results : 'More' },
      ];
    },
  },
  gemini: {
    first: [{ role: 'user', parts: [{ text: 'U' }] }],
    request: (contents, tools) => ({
      contents,
      generationConfig: { thinkingConfig: { includeThoughts: true } },
      tools: [{ functionDeclarations: tools.map((name) => ({ name, parameters: schema })) }],
    }),
    continued: ({ candidates }) => {
      const content = list(candidates)[0]?.content as JsonObject;
      const calls = list(content.parts).flatMap(({ functionCall }) =>
        functionCall ? [functionCall as JsonObject] : [],
      );
      const results = calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { result: 'R' } } }));
      return [
        ...(list(content.parts).length > 0 ? [content] : []),
        { role: 'user', parts: calls.length > 0 ? results : [{ text: 'More' }] },
      ];
    },
  },
};

/** Whose signatures a body holds, in the places where its service looks for its own. */
function foreignSignatures(format: ClientForm, body: unknown): readonly string[] {
  const wanted = issuers[format];
  // Only Anthropic can make the index of a citation; ours is empty.
  if (/"encrypted_index":""/.test(JSON.stringify(body))) return [`${format}: a citation of another service`];
  if (/"(srvtoolu|ws)_own_/.test(JSON.stringify(body))) return [`${format}: a search of another service`];
  const found = [...JSON.stringify(body).matchAll(/"(?:signature|encrypted_content|thoughtSignature)":"([^"]*)"/g)];
  return found.flatMap(([, value = '']) => {
    // Google documents this stand-in for calls that another model made.
    if (value === 'skip_thought_signature_validator' || value === 'context_engineering_is_the_way_to_go') return [];
    const text = Buffer.from(value, 'base64').toString();
    return format !== 'chat' && text === `signed by ${wanted}` ? [] : [`${format}: ${value.slice(0, 40)}`];
  });
}

/** Claude with thinking wants the turn that made calls to begin with its thinking. */
function unsignedStart(format: ClientForm, body: JsonObject): readonly string[] {
  if (format !== 'messages' || (body.thinking as JsonObject | undefined)?.type !== 'enabled') return [];
  const messages = list(body.messages);
  const last = messages.findLast(({ role }) => role === 'assistant');
  const isOpen = list(messages.at(-1)?.content).some(({ type }) => type === 'tool_result');
  const blocks = list(last?.content);
  if (!isOpen || !blocks.some(({ type }) => type === 'tool_use')) return [];
  return /thinking/.test(String(blocks[0]?.type))
    ? []
    : ['messages: thinking is on, and the turn with calls does not begin with it'];
}

/** Our encoders write tokens, empty indexes and ids of our own for clients, which no upstream has. */
const withoutTokens = (response: unknown): unknown =>
  JSON.parse(
    JSON.stringify(response, (name, value) => {
      if (name === 'encrypted_index') return 'made by Anthropic';
      if (name === 'encrypted_content' && value === '') return Buffer.from('signed by anthropic').toString('base64');
      if (typeof value === 'string' && /^(srvtoolu|ws)_own_/.test(value)) return value.replace('_own_', '_');
      return typeof value === 'string' && isReasoningToken(value) ? undefined : value;
    }),
  );

function ask(client: ClientForm, upstream: ClientForm, request: JsonObject, signatures: SignatureCache, newId: NewId) {
  const targetModel = { model: models[upstream], facts: modelFacts(models[upstream]) };
  if (client !== upstream) {
    const opened = translation(side(client, upstream), request, { target: targetModel, signatures, newId });
    return { body: opened.body as JsonObject, read: (json: unknown) => opened.fold(opened.reader.whole(json)) };
  }
  const body = new ChunkedBuffer([Buffer.from(JSON.stringify(request))]);
  const passed = { body, members: membersOf(body) ?? [], stream: false, action: 'generate' as const };
  const sent = passthroughBody(passed, formats[upstream], targetModel, new DroppedFields());
  return { body: JSON.parse(Buffer.concat([sent].flat()).toString()), read: (json: unknown) => json };
}

test('any history that our own responses can make is legal at every upstream it is continued at', () => {
  fc.assert(
    fc.property(conversation, ({ client, steps }) => {
      const { first, request, continued } = clients[client];
      const names = steps.flatMap(({ answer }) =>
        answer.blocks.flatMap(({ block }) => (block.kind === 'tool' ? [block.name] : [])),
      );
      const tools = [...new Set(['look', ...names])];
      const signatures = new SignatureCache();
      const count = counter();
      let history = first;
      for (const [turn, step] of [...steps, ...steps.slice(0, 1)].entries()) {
        const { upstream } = step;
        const { body, read } = ask(client, upstream, request(history, tools), signatures, count);
        expect({
          faults: requestFaults(upstream, body),
          foreign: foreignSignatures(upstream, body),
          unsigned: unsignedStart(upstream, body),
        }).toEqual({ faults: [], foreign: [], unsigned: [] });
        const answered = withoutTokens(wholeAnswer(formats[upstream], spoken(step, turn)));
        history = [...history, ...continued(read(answered) as JsonObject)];
      }
    }),
    { numRuns: conversations },
  );
}, 300_000);
