// The least that a gateway on Node does: one key is compared, the request goes on through undici, and the response comes
// back as it is. Usage: node bare-relay.mjs PORT UPSTREAM-PORT KEY
import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { Agent } from 'undici';

const [, , port = '', upstream = '', key = ''] = process.argv;
const expected = Buffer.from(`Bearer ${key}`);
const agent = new Agent({ allowH2: false });
const origin = `http://127.0.0.1:${upstream}`;

const isAllowed = ({ authorization = '' }) =>
  authorization.length === expected.length && timingSafeEqual(Buffer.from(authorization), expected);

function relay(body, response) {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer upstream-key' };
  agent.dispatch(
    { origin, path: '/fast/v1/chat/completions', method: 'POST', headers, body },
    {
      onRequestStart() {},
      onResponseStart: (_, status, { connection: __, 'keep-alive': ___, 'transfer-encoding': ____, ...given }) =>
        response.writeHead(status, given),
      onResponseData(controller, chunk) {
        if (response.write(chunk)) return;
        controller.pause();
        response.once('drain', () => controller.resume());
      },
      onResponseEnd: () => response.end(),
      onResponseError: () => response.destroy(),
    },
  );
}

createServer((request, response) => {
  if (request.method === 'GET') return response.end();
  if (!isAllowed(request.headers)) return response.writeHead(401).end();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => relay(Buffer.concat(chunks), response));
}).listen(Number(port), '127.0.0.1');
