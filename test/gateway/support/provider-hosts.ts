// The hosts of the five services behind a CONNECT proxy, with certificates that this process trusts.
import http from 'node:http';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { makeAuthority } from '../../conformance/oauth/authority.mjs';
import { listen } from './gateway-world.ts';

const hosts = [
  'api.anthropic.com',
  'console.anthropic.com',
  'chatgpt.com',
  'auth.openai.com',
  'cloudcode-pa.googleapis.com',
  'oauth2.googleapis.com',
  'portal.qwen.ai',
  'chat.qwen.ai',
  'apis.iflow.cn',
  'iflow.cn',
];

export interface HostCall {
  readonly host: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export type HostScript = (call: HostCall, response: http.ServerResponse) => void;

const trusted = new Set(tls.getCACertificates('default'));

/** `proxyUrl` leads to all hosts, each of which answers by the script; `calls` are in order. */
export async function startProviderHosts(script: HostScript) {
  const { ca, cert, key } = makeAuthority('gateway test', hosts);
  trusted.add(ca);
  tls.setDefaultCACertificates([...trusted]);
  const secureContext = tls.createSecureContext({ cert, key });
  const calls: HostCall[] = [];
  const hostOf = new WeakMap<object, string>();
  const sockets = new Set<Duplex>();
  const inner = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const host = hostOf.get(request.socket) ?? '';
    const call = { host, path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString() };
    calls.push(call);
    script(call, response);
  });
  const { server, url } = await listen((_, response) => response.writeHead(502).end());
  server.on('connect', (request: http.IncomingMessage, socket: Duplex) => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secure = new tls.TLSSocket(socket as never, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    hostOf.set(secure, String(request.url).replace(/:443$/, ''));
    sockets.add(socket);
    for (const one of [socket, secure]) one.on('error', () => {});
    inner.emit('connection', secure);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { proxyUrl: url, calls };
}
