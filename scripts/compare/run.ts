// `npm run compare [-- FOLDER]`: one upstream's answers through our gateway and others, read by the vendors' libraries.
// Peers are compared when FOLDER holds them; put them there with
// npm install --prefix FOLDER --ignore-scripts @musistudio/llms@1.0.53 9router@0.5.69
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, clients } from './clients.ts';
import { type Gateway, llms, nineRouter, ours } from './gateways.ts';
import { type Scenario, scenarios } from './scenarios.ts';

let playing: Scenario | undefined;

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const { status = 200, headers, body = [], breaksOff = false } = playing ?? {};
    const type = status === 200 ? 'text/event-stream' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    for (const piece of body) response.write(piece);
    if (!breaksOff) response.end();
    // The last piece goes out first.
    else response.write('', () => response.destroy());
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const [folder] = process.argv.slice(2);
const peers = folder === undefined ? [] : [await llms(upstream, folder), await nineRouter(upstream, folder)];
const gateways = [await ours(upstream), ...peers.filter((peer): peer is Gateway => peer !== undefined)];
const columns = gateways.flatMap((gateway) => gateway.forms.map((format) => ({ gateway, format })));

const wrong: string[] = [];
const rows: string[][] = [];
try {
  for (const scenario of scenarios) {
    playing = scenario;
    const cells: string[] = [];
    for (const { gateway, format } of columns) {
      const error = scenario.judge(await ask(clients[format], gateway.place));
      cells.push(error === undefined ? '✔' : `✘ ${wrong.length + 1}`);
      if (error !== undefined) wrong.push(`${gateway.name} to ${format}, ${scenario.title}: ${error.slice(0, 160)}`);
    }
    rows.push([scenario.title, ...cells]);
  }
} finally {
  await Promise.all(gateways.map(({ stop }) => stop()));
  server.closeAllConnections();
  server.close();
}

const head = ['The upstream sends', ...columns.map(({ gateway, format }) => `${gateway.name} → ${format}`)];
const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
if (wrong.length > 0) console.log(`\n${wrong.map((error, at) => `${at + 1}. ${error}`).join('\n')}`);
process.exitCode = wrong.some((error) => error.startsWith('ours')) ? 1 : 0;
