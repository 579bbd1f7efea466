#!/usr/bin/env node
// The official SDKs against the breadth of the gateway. Run it where openai, @anthropic-ai/sdk and @google/genai can be found:
//   cd PRODUCT && node /path/to/sdk-breadth.mjs --server 'node out/headless.js --config {config}'     [--only TEXT] [--verbose] [--out FILE]
// Last line: "N passed, N failed".
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { BreadthUpstream, pattern, patternHash, vectorOf } from './breadth-upstream.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const kit = [process.env.GATEWAY_KIT, path.join(here, '../gateway'), `${process.env.SHARED ?? '../shared'}/conformance/gateway`].find((folder) => folder && fs.existsSync(path.join(folder, 'server.mjs')));
const { Server } = await import(path.join(kit, 'server.mjs'));
const { speakers } = await import(path.join(kit, 'upstream.mjs'));
const { formatOf } = await import(path.join(kit, 'formats.mjs'));
const need = createRequire(path.join(process.cwd(), 'package.json'));
const { OpenAI, toFile } = need('openai');
const { ResponsesWS } = need('openai/resources/responses/ws');
const Anthropic = need('@anthropic-ai/sdk').default ?? need('@anthropic-ai/sdk');
const { GoogleGenAI } = need('@google/genai');

const options = { server: '', only: '', out: '', verbose: false };
for (let i = 2; i < process.argv.length; i++) { const name = process.argv[i].slice(2); if (name === 'verbose') options.verbose = true; else options[name] = process.argv[++i]; }
if (!options.server) throw new Error('--server is required');

const models = (map) => Object.entries(map).map(([alias, name]) => ({ name, alias }));
const config = {
  port: '${PORT}', 'auth-dir': '${AUTH_DIR}', 'api-keys': ['ck-test-client'], 'request-retry': 0,
  'openai-compatibility': [{ name: 'compat', 'base-url': '${UP1}/v1', 'api-key-entries': [{ 'api-key': 'uk-compat-0001' }], models: models({ 'm-embed': 'up-embed', 'm-mod': 'up-mod', 'm-image': 'up-image', 'm-stt': 'up-stt', 'm-tts': 'up-tts', 'm-chat': 'up-chat' }) }],
  'codex-api-key': [{ 'api-key': 'uk-oai-0001', 'base-url': '${UP1}/v1', models: models({ 'm-oai': 'gpt-5.1' }) }],
  'gemini-api-key': [{ 'api-key': 'uk-gem-0001', 'base-url': '${UP1}', models: models({ 'm-gem-embed': 'gemini-embedding-001', 'm-gem-image': 'gemini-2.5-flash-image' }) }],
  'claude-api-key': [{ 'api-key': 'uk-claude-0001', 'base-url': '${UP1}', models: models({ 'm-claude': 'claude-up-1' }) }],
};
const up = await new BreadthUpstream('UP1', { speakers, formatOf }).start();
const server = await Server.start(options.server, { config, names: { UP1: up.url } });
const address = `http://127.0.0.1:${server.port}`;
const openai = new OpenAI({ apiKey: 'ck-test-client', baseURL: `${address}/v1`, maxRetries: 2, timeout: 15000 });
const straight = new OpenAI({ apiKey: 'x', baseURL: `${up.url}/v1`, maxRetries: 0 });
const anthropic = new Anthropic({ apiKey: 'ck-test-client', baseURL: address, maxRetries: 0 });
const google = new GoogleGenAI({ apiKey: 'ck-test-client', httpOptions: { baseUrl: address } });

const same = (actual, wanted, what) => { if (JSON.stringify(actual) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(actual)?.slice(0, 200)} instead of ${JSON.stringify(wanted)?.slice(0, 200)}`); };
const png = (bytes) => toFile(pattern(bytes), 'a.png', { type: 'image/png' });
const usage = { input_tokens: 50, input_tokens_details: { text_tokens: 10, image_tokens: 40 }, output_tokens: 4160, total_tokens: 4210 };
const answer = (text, id) => ({ answer: { ...(id ? { id } : {}), parts: [{ text: [text.slice(0, 2), text.slice(2)] }], usage: { in: 10, out: 2 } } });
const tests = [];
const test = (name, play, run) => tests.push({ name, play, run });

test('(yardstick, no gateway) a server that answers numbers spoils the SDK\'s vectors', [{ embed: { floats_always: true } }], async () => {
  const got = await straight.embeddings.create({ model: 'up-embed', input: 'text 7' });
  if (JSON.stringify(got.data[0].embedding) === JSON.stringify(vectorOf('text 7'))) throw new Error('the SDK has learnt to read numbers: the conversion can go');
});
test('embeddings.create, compat', [{ embed: { tokens: 3 } }], async () => { const got = await openai.embeddings.create({ model: 'm-embed', input: ['text 7', 'text 8'] }); same(got.data.map((item) => item.embedding), [vectorOf('text 7'), vectorOf('text 8')], 'vectors'); same(got.usage.prompt_tokens, 6, 'usage'); });
test('embeddings.create, a server that answers numbers', [{ embed: { floats_always: true } }], async () => { const got = await openai.embeddings.create({ model: 'm-embed', input: 'text 7' }); same(got.data[0].embedding, vectorOf('text 7'), 'vector'); });
test('embeddings.create, float asked', [{ embed: {} }], async () => { const got = await openai.embeddings.create({ model: 'm-embed', input: 'text 7', encoding_format: 'float', dimensions: 6 }); same(got.data[0].embedding, vectorOf('text 7', 6), 'vector'); });
test('embeddings.create, Gemini, 130 texts', [{ embed: { tokens: 1 }, repeat: true }], async () => { const input = Array.from({ length: 130 }, (_, i) => `row ${i}`); const got = await openai.embeddings.create({ model: 'm-gem-embed', input }); same(got.data.map((item) => item.embedding), input.map((text) => vectorOf(text)), 'vectors'); same(up.calls.length, 2, 'calls'); });
test('embeddings.create at a provider without: one clean error, no repeats', [{ embed: {} }], async () => { const started = Date.now(); try { await openai.embeddings.create({ model: 'm-claude', input: 'x' }); } catch (error) { same(error.status, 501, 'status'); if (!/m-claude/.test(error.message)) throw new Error(`the message does not help: ${error.message}`); if (Date.now() - started > 400) throw new Error('the SDK repeated the request'); return; } throw new Error('no error'); });
test('models.embedContent (Google), Gemini upstream', [{ embed: { tokens: 2 } }], async () => { const got = await google.models.embedContent({ model: 'm-gem-embed', contents: ['text 1', 'text 2'], config: { outputDimensionality: 6 } }); same(got.embeddings.map((item) => item.values), [vectorOf('text 1', 6), vectorOf('text 2', 6)], 'vectors'); same(up.calls[0].body.requests.map((item) => item.model), ['models/gemini-embedding-001', 'models/gemini-embedding-001'], 'models'); });
test('models.embedContent (Google), OpenAI-form upstream', [{ embed: { tokens: 2 } }], async () => { const got = await google.models.embedContent({ model: 'm-embed', contents: ['text 1', 'text 2'] }); same(got.embeddings.map((item) => item.values), [vectorOf('text 1'), vectorOf('text 2')], 'vectors'); same(up.calls[0].path, '/v1/embeddings', 'path'); });
test('moderations.create', [{ json: { id: 'modr-1', model: 'up-mod', results: [{ flagged: true }] } }], async () => { const got = await openai.moderations.create({ model: 'm-mod', input: 'x' }); same(got.results[0].flagged, true, 'flagged'); same(up.calls[0].body.model, 'up-mod', 'model'); });
test('images.generate', [{ json: { created: 1, data: [{ b64_json: 'RG9uZQ==' }], usage } }], async () => { const got = await openai.images.generate({ model: 'm-image', prompt: 'cat', size: '1024x1024' }); same(got.data[0].b64_json, 'RG9uZQ==', 'picture'); same(got.usage.output_tokens, 4160, 'usage'); });
test('images.generate, streamed', [{ sse: [{ event: 'image_generation.partial_image', data: { type: 'image_generation.partial_image', b64_json: 'UA==', partial_image_index: 0 } }, { event: 'image_generation.completed', data: { type: 'image_generation.completed', b64_json: 'RG9uZQ==', usage } }] }], async () => { const types = []; for await (const event of await openai.images.generate({ model: 'm-image', prompt: 'cat', stream: true, partial_images: 1 })) types.push(event.type); same(types, ['image_generation.partial_image', 'image_generation.completed'], 'events'); });
test('images.generate, Gemini', [{ json: { candidates: [{ content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'UElD' } }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, totalTokenCount: 8 } } }], async () => { const got = await openai.images.generate({ model: 'm-gem-image', prompt: 'cat' }); same(got.data[0].b64_json, 'UElD', 'picture'); same(got.usage.total_tokens, 8, 'usage'); });
test('images.edit, 2 MB, the model last', [{ json: { created: 1, data: [{ b64_json: 'RG9uZQ==' }] } }], async () => { const got = await openai.images.edit({ image: await png(2000000), prompt: 'bluer', model: 'm-image' }); same(got.data[0].b64_json, 'RG9uZQ==', 'picture'); const parts = Object.fromEntries(up.calls[0].multipart.map((item) => [item.name, item])); same(parts.image.sha256, patternHash(2000000), 'bytes'); same(parts.model.value, 'up-image', 'model'); });
test('images.edit, two pictures', [{ json: { created: 1, data: [{ b64_json: 'RG9uZQ==' }] } }], async () => { await openai.images.edit({ image: [await png(10), await png(20)], prompt: 'p', model: 'm-image' }); same(up.calls[0].multipart.filter((item) => item.name === 'image[]').map((item) => item.bytes), [10, 20], 'pictures'); });
test('audio.transcriptions.create', [{ json: { text: 'hallo', usage: { type: 'tokens', input_tokens: 1, output_tokens: 2, total_tokens: 3 } } }], async () => { const got = await openai.audio.transcriptions.create({ file: await toFile(pattern(300000), 'a.wav', { type: 'audio/wav' }), model: 'm-stt', language: 'de' }); same(got.text, 'hallo', 'text'); same(up.calls[0].multipart.find((item) => item.name === 'file').sha256, patternHash(300000), 'bytes'); });
test('audio.transcriptions.create, streamed', [{ sse: [{ data: { type: 'transcript.text.delta', delta: 'hal' } }, { data: { type: 'transcript.text.done', text: 'hallo' } }] }], async () => { const types = []; for await (const event of await openai.audio.transcriptions.create({ file: await toFile(pattern(30), 'a.wav'), model: 'm-stt', stream: true })) types.push(event.type); same(types, ['transcript.text.delta', 'transcript.text.done'], 'events'); });
test('audio.transcriptions.create, srt', [{ text: '1\n00:00', headers: { 'content-type': 'text/plain' } }], async () => { same(await openai.audio.transcriptions.create({ file: await toFile(pattern(30), 'a.wav'), model: 'm-stt', response_format: 'srt' }), '1\n00:00', 'text'); });
test('audio.translations.create', [{ json: { text: 'hello' } }], async () => { same((await openai.audio.translations.create({ file: await toFile(pattern(30), 'a.wav'), model: 'm-stt' })).text, 'hello', 'text'); });
test('audio.speech.create', [{ binary: { bytes: 500000 } }], async () => { const got = await openai.audio.speech.create({ model: 'm-tts', voice: 'alloy', input: 'x' }); const bytes = Buffer.from(await got.arrayBuffer()); same(crypto.createHash('sha256').update(bytes).digest('hex'), patternHash(500000), 'bytes'); same(got.headers.get('content-type'), 'audio/mpeg', 'type'); });
test('responses.compact', [{ json: { id: 'r', object: 'response.compaction', created_at: 1, output: [{ id: 'c', type: 'compaction', encrypted_content: 'sealed' }], usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } } }], async () => { const got = await openai.responses.compact({ model: 'm-oai', input: 'A' }); same(got.output[0].encrypted_content, 'sealed', 'item'); same(up.calls[0].path, '/v1/responses/compact', 'path'); });
test('responses.create with previous_response_id at a chat server', [answer('Hello'), answer('World')], async () => { const one = await openai.responses.create({ model: 'm-chat', input: 'A', instructions: 'first only' }); const two = await openai.responses.create({ model: 'm-chat', input: 'B', previous_response_id: one.id }); same(two.output_text, 'World', 'text'); same(up.calls[1].body.messages.length, 3, 'messages'); });
test('responses.stream with previous_response_id at a Messages server', [answer('Hello'), answer('World')], async () => { const one = await openai.responses.create({ model: 'm-claude', input: 'A' }); const got = await openai.responses.stream({ model: 'm-claude', input: 'B', previous_response_id: one.id }).finalResponse(); same(got.output_text, 'World', 'text'); same(up.calls[1].body.messages.length, 3, 'messages'); });
test('responses.retrieve, inputItems.list, delete', [answer('Hello')], async () => { const one = await openai.responses.create({ model: 'm-chat', input: 'A' }); same((await openai.responses.retrieve(one.id)).output_text, 'Hello', 'text'); const items = []; for await (const item of openai.responses.inputItems.list(one.id)) items.push(item); same(items.length, 1, 'items'); await openai.responses.delete(one.id); try { await openai.responses.retrieve(one.id); } catch (error) { same(error.status, 404, 'status'); return; } throw new Error('still there'); });
test('responses WebSocket (openai ws client): two turns', [answer('Hello'), answer('World')], async () => {
  const ws = new ResponsesWS(openai);
  const turns = [];
  let done;
  const finished = new Promise((resolve, reject) => { done = resolve; ws.on('error', reject); setTimeout(() => reject(new Error('no end in time')), 8000); });
  ws.on('event', (event) => { if (event.type !== 'response.completed') return; turns.push(event.response); if (turns.length === 1) ws.send({ type: 'response.create', model: 'm-chat', input: 'B', store: false, previous_response_id: event.response.id }); else done(); });
  ws.send({ type: 'response.create', model: 'm-chat', input: 'A', store: false });
  try { await finished; } finally { ws.close(); }
  same(turns.map((response) => response.output[0].content[0].text), ['Hello', 'World'], 'texts');
  same(up.calls[1].body.messages.length, 3, 'messages');
});
test('files.create and content (OpenAI)', [{ for: '^POST', json: { id: 'file-1', object: 'file' } }, { for: '^GET', binary: { bytes: 100000, type: 'application/octet-stream' } }], async () => { const file = await openai.files.create({ file: await toFile(pattern(400000), 'b.jsonl'), purpose: 'batch' }); same(file.id, 'file-1', 'id'); const bytes = Buffer.from(await (await openai.files.content('file-1')).arrayBuffer()); same(bytes.length, 100000, 'bytes'); });
const batch = { id: 'msgbatch_1', type: 'message_batch', processing_status: 'ended', request_counts: {}, results_url: 'https://api.anthropic.com/v1/messages/batches/msgbatch_1/results' };
test('messages.batches.create, then results through the gateway', [{ for: '^POST', json: batch }, { for: 'GET .*/results$', text: '{"custom_id":"a","result":{"type":"succeeded"}}\n', headers: { 'content-type': 'application/binary' } }, { for: 'GET .*msgbatch_1$', json: batch }], async () => { const made = await anthropic.messages.batches.create({ requests: [{ custom_id: 'a', params: { model: 'claude-up-1', max_tokens: 5, messages: [{ role: 'user', content: 'A' }] } }] }); const ids = []; for await (const item of await anthropic.messages.batches.results(made.id)) ids.push(item.custom_id); same(ids, ['a'], 'results'); same(up.calls.every((call) => call.key === 'uk-claude-0001'), true, 'keys'); });

let passed = 0; let failed = 0;
const verdicts = [];
for (const { name, play, run } of tests.filter((item) => item.name.includes(options.only))) {
  up.play(structuredClone(play));
  try {
    await Promise.race([run(), new Promise((_, reject) => setTimeout(() => reject(new Error('no end in time')), 20000))]);
    passed++;
    verdicts.push({ name, ok: true });
    if (options.verbose) console.log(`ok      ${name}`);
  } catch (error) { failed++; verdicts.push({ name, ok: false, why: String(error.message ?? error) }); console.log(`not ok  ${name}\n        ${String(error.message ?? error).slice(0, 300)}`); }
  up.dropOpen();
}
await server.stop();
await up.close();
if (options.out) fs.writeFileSync(options.out, JSON.stringify(verdicts));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
