// An upstream in a process of its own: chat completions as JSON or as a stream. Usage: node fake-upstream.mjs PORT
// The first part of the path says how: /fast (40 chunks at once), /slow (60 chunks, 100 ms apart), /big (10 MB stream),
// /limited (429), /busy (503), /silent (no answer).
import { createServer } from 'node:http';

const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1760000000, model: 'up', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const usage = { prompt_tokens: 12, completion_tokens: 40, total_tokens: 52 };
const answer = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1760000000,
  model: 'up',
  choices: [{ index: 0, message: { role: 'assistant', content: 'word '.repeat(160) }, finish_reason: 'stop' }],
  usage,
});
const first = chunk({ role: 'assistant', content: '' });
const word = chunk({ content: 'word ' });
const last = `${chunk({}, 'stop')}data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1760000000, model: 'up', choices: [], usage })}\n\ndata: [DONE]\n\n`;
const bigWord = chunk({ content: 'x'.repeat(8 * 1024) });

const sse = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
let [open, poured] = [0, 0];

const server = createServer((request, response) => {
  const kind = request.url.split('/')[1];
  if (request.method === 'GET') {
    response.end(JSON.stringify({ open, poured }));
    return;
  }
  const chunks = [];
  request.on('data', (data) => chunks.push(data));
  request.on('end', () => {
    open++;
    response.once('close', () => open--);
    if (kind === 'limited') {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end('{"error":{"message":"slow down","type":"rate_limit_error"}}');
      return;
    }
    if (kind === 'busy') {
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":{"message":"busy"}}');
      return;
    }
    if (kind === 'silent') return;
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
      return;
    }
    response.writeHead(200, sse);
    response.write(first);
    if (kind === 'slow') drip(response, 60, 100);
    else if (kind === 'big') pour(response, 1280);
    else {
      for (let index = 0; index < 38; index++) response.write(word);
      response.end(last);
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');

function drip(response, left, gap) {
  if (response.destroyed) return;
  if (left === 0) return void response.end(last);
  response.write(word);
  setTimeout(drip, gap, response, left - 1, gap);
}

function pour(response, left) {
  for (let rest = left; rest > 0; rest--) {
    if (response.destroyed) return;
    poured++;
    if (!response.write(bigWord)) {
      response.once('drain', () => pour(response, rest - 1));
      return;
    }
  }
  response.end(last);
}
