// What Node alone can do: answers every request with the reply in a file. Usage: bare-server.mjs FILE PORT
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , file = '', port = ''] = process.argv;
const reply = JSON.parse(readFileSync(file, 'utf8'));
// Node writes these two itself.
const { date: _, connection: __, ...headers } = reply.headers;

createServer((_request, response) => response.writeHead(200, headers).end(reply.body)).listen(
  Number(port),
  '127.0.0.1',
);
