#!/usr/bin/env node
// Runs scenarios that the management kit's form cannot say: failed starts, reloads, TLS, restarts, mounts,
// gateway effects of config keys, fake vendors behind a proxy, sign-ins.
//
//   node run-today.mjs --server 'node dist/headless.js --config {config}' [options] FILE.json...
//
//   --kit DIR      folder of the conformance kit (has gateway/ and oauth/); default: this file's folder, its parent, or ../shared/conformance
//   --only TEXT    only scenarios whose name or area contains TEXT (repeatable)
//   --jobs N       scenarios side by side (default 2); those with "alone" run by themselves
//   --boot MS      wait after the port accepts (default 0)
//   --out FILE     write [{area, name, ok, why, skipped, ms}] as JSON
//   --verbose      print passes too        --keep   keep the folders of failed scenarios
//
// Exit code 0 when all pass, 1 when some fail. Last line: "N passed, N failed, N skipped".
// The form is described in README.md beside this file.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const options = { server: '', kit: '', only: [], jobs: '2', boot: '0', out: '', verbose: false, keep: false };
const files = [];
for (let i = 2; i < process.argv.length; i++) {
  const flag = /^--(.+)$/.exec(process.argv[i])?.[1];
  if (!flag) files.push(process.argv[i]);
  else if (!(flag in options)) throw new Error(`unknown option ${process.argv[i]}`);
  else if (options[flag] === false) options[flag] = true;
  else if (Array.isArray(options[flag])) options[flag].push(process.argv[++i]);
  else options[flag] = process.argv[++i];
}
if (!options.server || files.length === 0) throw new Error('--server and at least one case file are required');
const kit = [options.kit, here, path.dirname(here), `${process.env.SHARED ?? '../shared'}/conformance`].find((dir) => dir && fs.existsSync(path.join(dir, 'gateway/upstream.mjs')));
if (!kit) throw new Error('no conformance kit found, see --kit');
const { Upstream, HttpProxy, SocksProxy, speakers } = await import(pathToFileURL(path.join(kit, 'gateway/upstream.mjs')));
const { formatOf, wantsStream } = await import(pathToFileURL(path.join(kit, 'gateway/formats.mjs')));
const oauth = await import(pathToFileURL(path.join(kit, 'oauth/fake-providers.mjs')));
const { makeAuthority } = await import(pathToFileURL(path.join(kit, 'oauth/authority.mjs')));

const MANAGEMENT_KEY = 'mgmt-secret';
const HASH = '$2a$04$XajjQvNhvvRt5GSeFk1xFediheh4.wf8h9DcIwgRahRYWGXMIO9ei';
const CLIENT_KEY = 'k1';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const shown = (value, most = 400) => { const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value); return text.length > most ? `${text.slice(0, most)}…` : text; };
const lan = Object.values(os.networkInterfaces()).flat().find((item) => item.family === 'IPv4' && !item.internal)?.address;

// ---------------------------------------------------------------- certificates, made once

const VENDOR_HOSTS = ['api.anthropic.com', 'chatgpt.com', 'cloudcode-pa.googleapis.com', 'generativelanguage.googleapis.com', 'api.openai.com', 'api.x.ai', 'apis.iflow.cn', 'portal.qwen.ai'];
const made = {
  A: makeAuthority('today A', ['localhost', '127.0.0.1', ...(lan ? [lan] : [])]),
  B: makeAuthority('today B', ['localhost', '127.0.0.1']),
  vendor: makeAuthority('today vendor', VENDOR_HOSTS),
};
const pems = { 'ca.pem': Object.values(made).map(({ ca }) => ca).join('') };
for (const [name, { cert, key }] of Object.entries(made)) Object.assign(pems, { [`${name}.crt`]: cert, [`${name}.key`]: key });
const pem = (name) => pems[name];
const fingerprint = (name) => createHash('sha256').update(Buffer.from(pem(`${name}.crt`).replace(/-----[^-]+-----|\s/g, ''), 'base64')).digest('hex');
const fingerprints = { A: fingerprint('A'), B: fingerprint('B') };
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });

// ---------------------------------------------------------------- comparing

const operators = {
  $in: (wanted, actual) => wanted.some((item) => !mismatch(item, actual, '')) || `is none of ${shown(wanted)}`,
  $gte: (wanted, actual) => actual >= wanted || `is not at least ${wanted}`,
  $lte: (wanted, actual) => actual <= wanted || `is not at most ${wanted}`,
  $not: (wanted, actual) => Boolean(mismatch(wanted, actual, '')) || `should not be ${shown(wanted)}`,
  $length: (wanted, actual) => (actual?.length ?? 0) === wanted || `has length ${actual?.length ?? 0}, not ${wanted}`,
  $includes: (wanted, actual) => wanted.every((item) => (Array.isArray(actual) ? actual : []).some((entry) => !mismatch(item, entry, ''))) || `${shown(actual, 700)} does not include ${shown(wanted)}`,
  $excludes: (wanted, actual) => wanted.every((item) => (Array.isArray(actual) ? actual : []).every((entry) => mismatch(item, entry, ''))) || `${shown(actual, 700)} includes one of ${shown(wanted)}`,
  $count: ([item, number], actual) => { const n = (Array.isArray(actual) ? actual : []).filter((entry) => !mismatch(item, entry, '')).length; return n === number || `has ${n} of ${shown(item)}, not ${number}`; },
  $exact: (wanted, actual) => isDeepStrictEqual(wanted, actual) || `is ${shown(actual)}, not exactly ${shown(wanted)}`,
  $text: (wanted, actual) => wanted.every((part) => (typeof actual === 'string' ? actual : JSON.stringify(actual) ?? '').toLowerCase().includes(part.toLowerCase())) || `${shown(actual)} does not contain ${shown(wanted)}`,
};

/** Why `actual` is not what `expected` says. Objects may have more keys; lists must have the same length. */
function mismatch(expected, actual, at) {
  if (typeof expected === 'string') {
    if (expected === '<<any>>') return actual === undefined ? `${at}: missing` : undefined;
    if (expected === '<<absent>>') return actual === undefined ? undefined : `${at}: ${shown(actual)} should be absent`;
    if (expected === '<<text>>') return typeof actual === 'string' && actual.trim() ? undefined : `${at}: ${shown(actual)} is no text`;
    if (expected === '<<rfc3339>>') return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(actual) ? undefined : `${at}: ${shown(actual)} is no RFC 3339 time`;
    const pattern = /^<<re:(.*)>>$/s.exec(expected);
    if (pattern) return typeof actual === 'string' && new RegExp(pattern[1]).test(actual) ? undefined : `${at}: ${shown(actual)} does not match ${pattern[1]}`;
  }
  if (isObject(expected) && Object.keys(expected).some((key) => key in operators)) {
    for (const [key, wanted] of Object.entries(expected)) {
      const verdict = operators[key](wanted, actual);
      if (verdict !== true) return `${at}: ${verdict}`;
    }
    return undefined;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
    for (const [index, item] of expected.entries()) { const why = mismatch(item, actual[index], `${at}[${index}]`); if (why) return why; }
    return undefined;
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
    for (const key of Object.keys(expected)) { const why = mismatch(expected[key], actual[key], `${at}.${key}`); if (why) return why; }
    return undefined;
  }
  return isDeepStrictEqual(expected, actual) ? undefined : `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
}

const fill = (value, names) => {
  if (typeof value === 'string') {
    const whole = /^\$\{([A-Z0-9_]+)\}$/.exec(value);
    if (whole && whole[1] in names) return names[whole[1]];
    return value.replace(/\$\{([A-Z0-9_]+)\}/g, (all, name) => (name in names ? names[name] : all));
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, names));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [fill(key, names), fill(item, names)]));
  return value;
};
const glob = (pattern, text) => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text ?? '');

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
  });
}
const accepts = (host, port) => new Promise((resolve) => {
  const socket = net.connect({ host, port, timeout: 1500 });
  socket.on('connect', () => { socket.destroy(); resolve(true); });
  for (const event of ['error', 'timeout']) socket.on(event, () => { socket.destroy(); resolve(false); });
});

// ---------------------------------------------------------------- fake vendors behind a CONNECT proxy

/** Speaks for the vendors' real host names. A rule: {host?, path?, model?, status?, json?, headers?, answer?}; the first that fits answers. */
class Vendor {
  constructor(rules) { this.rules = rules; this.calls = []; this.sockets = new Set(); }

  async start() {
    this.inner = https.createServer({ key: pem('vendor.key'), cert: pem('vendor.crt') }, (request, response) => this.#handle(request, response).catch(() => response.destroy()));
    this.server = http.createServer((request, response) => { this.calls.push({ host: request.url, path: request.url, method: request.method, plain: true }); response.writeHead(502).end(); });
    this.server.on('connect', (request, socket) => {
      socket.on('error', () => {});
      if (!VENDOR_HOSTS.includes(request.url.split(':')[0])) { this.calls.push({ host: request.url, path: '', method: 'CONNECT' }); socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'); return; }
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      this.inner.emit('connection', socket);
    });
    this.server.on('connection', (socket) => { this.sockets.add(socket); socket.on('close', () => this.sockets.delete(socket)); socket.on('error', () => {}); });
    this.inner.on('tlsClientError', () => {});
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  async #handle(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const [where, query = ''] = request.url.split('?');
    let body;
    try { body = JSON.parse(Buffer.concat(chunks).toString('utf8')); } catch { body = undefined; }
    const host = request.headers.host.split(':')[0];
    const wrapped = host === 'cloudcode-pa.googleapis.com';
    const format = formatOf(where);
    const model = body?.model ?? (/models\/([^/:]+):/.exec(where)?.[1]);
    this.calls.push({ host, path: where, query, method: request.method, headers: request.headers, body, model, key: request.headers.authorization?.replace(/^Bearer /, '') ?? request.headers['x-api-key'] });
    const rule = this.rules.find((item) => (!item.host || item.host === host) && (!item.path || glob(item.path, where)) && (!item.model || glob(item.model, model)) && (!item.method || item.method === request.method))
      ?? { status: 404, json: { error: { message: 'the fake vendor has no rule for this' } } };
    if (!rule.answer) {
      response.writeHead(rule.status ?? 200, { 'content-type': rule.json === undefined ? 'text/plain' : 'application/json', ...rule.headers });
      response.end(rule.json === undefined ? rule.text ?? '' : JSON.stringify(rule.json));
      return;
    }
    const speaker = speakers[format];
    const said = rule.answer.model ?? model;
    if (wantsStream(format, where, body)) {
      response.writeHead(200, { 'content-type': 'text/event-stream', ...rule.headers });
      for (const { event, data } of speaker.events(rule.answer, said, body)) {
        const text = typeof data === 'string' ? data : JSON.stringify(wrapped ? { response: data } : data);
        response.write(`${event ? `event: ${event}\n` : ''}data: ${text}\n\n`);
      }
      response.end();
    } else {
      const json = speaker.json(rule.answer, said);
      response.writeHead(200, { 'content-type': 'application/json', ...rule.headers }).end(JSON.stringify(wrapped ? { response: json } : json));
    }
  }

  close() { for (const socket of this.sockets) socket.destroy(); return new Promise((resolve) => this.server.close(resolve)); }
}

// ---------------------------------------------------------------- one scenario

class Run {
  constructor(scenario) { this.scenario = scenario; this.mounts = []; this.upstreams = {}; this.output = ''; this.stderr = ''; }

  file(name) { return path.isAbsolute(name) ? name : path.join(this.dir, name); }

  put(name, content) {
    const target = this.file(name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }

  async prepare() {
    const text = JSON.stringify(this.scenario);
    this.dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'today-')));
    for (const folder of ['auths', 'home', 'work']) fs.mkdirSync(path.join(this.dir, folder));
    this.names = { DIR: this.dir, AUTH_DIR: path.join(this.dir, 'auths'), PORT: String(await freePort()), DEAD: `http://127.0.0.1:${await freePort()}`, HASH, LAN: lan ?? '',
      CERT_A: pem('A.crt'), KEY_A: pem('A.key'), CERT_B: pem('B.crt'), KEY_B: pem('B.key'), RSA_KEY: rsaKey };
    for (const name of ['UP1', 'UP2', 'UP3']) if (text.includes(`\${${name}}`) || this.scenario.play?.[name]) {
      this.upstreams[name] = await new Upstream(name).start();
      this.names[name] = this.upstreams[name].url;
      this.upstreams[name].play(fill(this.scenario.play?.[name] ?? [{ answer: { parts: [{ text: 'hello' }], usage: { in: 3, out: 2 } } }], this.names));
    }
    if (text.includes('${VENDOR}') || this.scenario.vendor) { this.vendor = await new Vendor(fill(this.scenario.vendor ?? [], this.names)).start(); this.names.VENDOR = this.vendor.url; }
    if (text.includes('${PROXY1}')) { this.proxy = await new HttpProxy('PROXY1').start(); this.names.PROXY1 = this.proxy.url; }
    if (text.includes('${SOCKS_HOST}')) { this.socks = await new SocksProxy('SOCKS').start(); this.names.SOCKS_HOST = this.socks.url.replace('socks5://', ''); }
    if (text.includes('${OAUTH}')) { this.authority = oauth.createAuthority(); this.fakes = await oauth.startFakeProviders({ authority: this.authority }); this.names.OAUTH = this.fakes.proxyUrl; }
    for (const [name, content] of Object.entries(fill(this.scenario.files ?? {}, this.names))) this.put(name, content);
  }

  async start({ args = [], env = {}, expect = {} } = {}) {
    const config = this.file(this.scenario.config ?? 'config.yaml');
    const [command, ...rest] = options.server.split(' ').filter(Boolean).map((word) => word.replace('{config}', config));
    const resolve = (word) => (word.startsWith('-') || path.isAbsolute(word) || !fs.existsSync(word) ? word : path.resolve(word));
    const ca = path.join(this.dir, 'extra-ca.pem');
    fs.writeFileSync(ca, pem('ca.pem') + (this.authority ? fs.readFileSync(this.authority.caFile, 'utf8') : ''));
    this.output = ''; this.stderr = '';
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(https?|all|no)_proxy$/i.test(name)));
    const child = spawn(command.includes('/') ? path.resolve(command) : command, [...rest.map(resolve), ...fill(args, this.names)], {
      cwd: path.join(this.dir, 'work'), stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...clean, HOME: path.join(this.dir, 'home'), XDG_CONFIG_HOME: path.join(this.dir, 'home/.config'), ...(this.fakes ? this.fakes.env : {}), NODE_EXTRA_CA_CERTS: ca, ...fill(this.scenario.env ?? {}, this.names), ...fill(env, this.names) } });
    this.child = child;
    child.stdout.on('data', (chunk) => { this.output = (this.output + chunk).slice(-60000); });
    child.stderr.on('data', (chunk) => { this.output = (this.output + chunk).slice(-60000); this.stderr += chunk; });
    this.exited = new Promise((done) => { child.on('exit', (code) => done(code)); child.on('error', (error) => { this.output += error.message; done(-1); }); });
    const port = Number(this.names.PORT);
    const host = expect.on === 'lan' ? lan : '127.0.0.1';
    let code;
    this.exited.then((value) => { code = value; });
    for (let waited = 0; waited < 15000; waited += 25) {
      await sleep(25);
      if (code !== undefined) break;
      if (await accepts(host, port)) break;
    }
    if (expect.exit !== undefined) {
      if (code === undefined) { throw new Error(`start: expected exit code ${expect.exit}, but it serves. ${shown(this.output)}`); }
      if (code !== expect.exit) throw new Error(`start: exit code ${code}, not ${expect.exit}: ${shown(this.output)}`);
      this.checkText('stderr', this.stderr, expect);
    } else if (code !== undefined) throw new Error(`start: ended with code ${code}: ${shown(this.output)}`);
    else { await sleep(30 + Number(options.boot)); this.checkText('output', this.output, expect); }
  }

  checkText(at, text, { has = [], has_any = [], lacks = [] }) {
    for (const part of has) if (!text.toLowerCase().includes(part.toLowerCase())) throw new Error(`${at} lacks ${JSON.stringify(part)}: ${shown(text, 900)}`);
    if (has_any.length && !has_any.some((part) => text.toLowerCase().includes(part.toLowerCase()))) throw new Error(`${at} has none of ${JSON.stringify(has_any)}: ${shown(text, 900)}`);
    for (const part of lacks) if (text.toLowerCase().includes(part.toLowerCase())) throw new Error(`${at} has ${JSON.stringify(part)}: ${shown(text, 900)}`);
  }

  async stop(signal = 'SIGTERM') {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return this.child?.exitCode;
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 4000);
    const code = await this.exited;
    clearTimeout(timer);
    return code;
  }

  send({ method = 'GET', path: where, url, key, headers = {}, json, body, multipart, over = 'http', at = '127.0.0.1', timeout = 15000 }) {
    const given = { ...headers };
    if (url) { const parsed = new URL(url); over = parsed.protocol.replace(':', ''); at = parsed.hostname; where = parsed.pathname + parsed.search; }
    const wanted = key === undefined ? (where.startsWith('/v0/') ? MANAGEMENT_KEY : where.startsWith('/v1') ? CLIENT_KEY : undefined) : key;
    if (wanted && !given.authorization) given.authorization = `Bearer ${wanted}`;
    let data = body === undefined ? undefined : Buffer.from(body);
    if (json !== undefined) { data = Buffer.from(JSON.stringify(json)); given['content-type'] ??= 'application/json'; }
    if (multipart) {
      const boundary = '----today-7d1f';
      data = Buffer.concat([...multipart.flatMap(({ field, filename, content }) => [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n`), Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);
      given['content-type'] = `multipart/form-data; boundary=${boundary}`;
    }
    if (data) given['content-length'] = String(data.length);
    const host = at === 'lan' ? lan : at;
    return new Promise((resolve) => {
      const request = (over === 'https' ? https : http).request({ host, port: Number(this.names.PORT), method, path: where, headers: given, agent: false, timeout, ...(over === 'https' ? { ca: pem('ca.pem'), servername: 'localhost', checkServerIdentity: () => undefined } : {}) }, (response) => {
        const peer = over === 'https' ? response.socket.getPeerCertificate()?.fingerprint256?.replaceAll(':', '').toLowerCase() : undefined;
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        const done = () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8'), certificate: peer });
        response.on('end', done);
        response.on('error', done);
      });
      request.on('timeout', () => request.destroy(new Error('no answer in time')));
      request.on('error', (error) => resolve({ status: 0, error: error.code ?? error.message, headers: {}, body: '' }));
      request.end(data);
    });
  }

  check(expect, answer, at) {
    if (!expect) return;
    const fail = (why) => { throw new Error(`${at}: ${why}   [HTTP ${answer.status}${answer.error ? ` ${answer.error}` : ''} ${answer.body.slice(0, 500)}]`); };
    if (expect.status !== undefined) { const why = mismatch(expect.status, answer.status, 'status'); if (why) fail(why); }
    if (expect.refused && answer.status !== 0) fail('expected no HTTP answer at all');
    if (expect.certificate && answer.certificate !== fingerprints[expect.certificate]) fail(`certificate is not ${expect.certificate}`);
    for (const [name, value] of Object.entries(expect.headers ?? {})) { const why = mismatch(value, answer.headers[name.toLowerCase()], `header ${name}`); if (why) fail(why); }
    for (const part of expect.contains ?? []) if (!answer.body.includes(part)) fail(`body lacks ${JSON.stringify(part)}`);
    for (const part of expect.not_contains ?? []) if (answer.body.includes(part)) fail(`body has ${JSON.stringify(part)}`);
    if (expect.json !== undefined) {
      let json;
      try { json = JSON.parse(answer.body); } catch { fail('body is not JSON'); }
      const why = mismatch(expect.json, json, '$');
      if (why) fail(why);
    }
    if (expect.models) {
      let ids;
      try { const json = JSON.parse(answer.body); ids = (json.data ?? json.models).map(({ id, name }) => id ?? name); } catch { fail('no model list'); }
      for (const id of expect.models.has ?? []) if (!ids.includes(id)) fail(`model ${id} is not listed among ${shown(ids)}`);
      for (const id of expect.models.lacks ?? []) if (ids.includes(id)) fail(`model ${id} should not be listed`);
    }
  }

  async until(within, attempt) {
    const end = Date.now() + within;
    for (;;) {
      try { return await attempt(); } catch (error) { if (Date.now() >= end) throw error; }
      await sleep(60);
    }
  }

  async listen() {
    this.events = [];
    await new Promise((resolve, reject) => {
      this.stream = http.request({ host: '127.0.0.1', port: Number(this.names.PORT), path: '/v0/management/events', headers: { authorization: `Bearer ${MANAGEMENT_KEY}` }, agent: false }, (response) => {
        resolve();
        let rest = '';
        response.on('data', (chunk) => {
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop();
          for (const block of blocks) {
            const event = /^event: ?(.*)$/m.exec(block)?.[1];
            const data = [...block.matchAll(/^data: ?(.*)$/gm)].map((match) => match[1]).join('\n');
            if (event) { let json; try { json = JSON.parse(data); } catch { json = data; } this.events.push({ event, data: json }); }
          }
        });
        response.on('error', () => {});
      });
      this.stream.on('error', reject);
      this.stream.end();
    });
    await sleep(150);
  }

  logText() {
    const logs = [path.join(this.dir, 'logs'), path.join(this.dir, 'work/logs')].filter((dir) => fs.existsSync(dir)).flatMap((dir) => fs.readdirSync(dir).filter((name) => name.startsWith('main')).map((name) => fs.readFileSync(path.join(dir, name), 'utf8')));
    return [this.output, ...logs];
  }

  calls(name) {
    if (name === 'VENDOR') return this.vendor.calls;
    if (name === 'PROXY1') return this.proxy.seen;
    if (name === 'SOCKS') return this.socks.seen;
    return this.upstreams[name].calls;
  }

  checkCalls(want) {
    const all = this.calls(want.at ?? 'UP1');
    const list = want.where ? all.filter((call) => !mismatch(want.where, call, '')) : all;
    const fail = (why) => { throw new Error(`calls of ${want.at ?? 'UP1'}: ${why}   [${list.map((call) => `${call.method ?? ''} ${call.host ?? ''}${call.path ?? call.target ?? ''} ${call.key ?? ''} ${call.body?.model ?? call.model ?? ''}`).join(', ').slice(0, 500)}]`); };
    if (want.count !== undefined) { const why = mismatch(want.count, list.length, 'number'); if (why) fail(why); }
    const tally = (field) => { const out = {}; for (const call of list) { const value = field(call); out[value] = (out[value] ?? 0) + 1; } return out; };
    if (want.keys) { const seen = tally((call) => call.key); const why = mismatch({ ...Object.fromEntries(Object.keys(seen).filter((key) => !(key in want.keys)).map((key) => [key, '<<absent>>'])), ...want.keys }, { ...Object.fromEntries(Object.keys(want.keys).map((key) => [key, 0])), ...seen }, 'keys'); if (why) fail(why); }
    if (want.key_order) { const seen = list.map((call) => call.key); const why = mismatch(want.key_order, seen, 'key order'); if (why) fail(why); }
    if (want.models) { const why = mismatch(want.models, list.map((call) => call.body?.model ?? call.model ?? /models\/([^/:]+):/.exec(call.path ?? '')?.[1]), 'models'); if (why) fail(why); }
    if (want.last) { const last = list.at(-1); if (!last) fail('there was none'); const why = mismatch(want.last, last, 'last call'); if (why) fail(why); }
  }

  async step(raw, index) {
    const step = fill(raw, this.names);
    const at = `step ${index} (${Object.keys(step)[0]})`;
    const within = step.within ?? 0;
    if (step.start) return this.start(step.start);
    if (step.stop) { const code = await this.stop(step.stop); if (step.exit !== undefined && code !== step.exit) throw new Error(`${at}: exit code ${code}, not ${step.exit}`); return undefined; }
    if (step.restart) { await this.stop(step.restart); return this.start(step); }
    if (step.sleep) return sleep(step.sleep);
    if (step.write) { for (const [name, content] of Object.entries(step.write)) this.put(name, content); return undefined; }
    if (step.edit) { const text = fs.readFileSync(this.file(step.edit.file), 'utf8'); if (!text.includes(step.edit.from)) throw new Error(`${at}: nothing to replace`); fs.writeFileSync(this.file(step.edit.file), text.replace(step.edit.from, step.edit.to)); return undefined; }
    if (step.move) return fs.renameSync(this.file(step.move[0]), this.file(step.move[1]));
    if (step.mkdir) return fs.mkdirSync(this.file(step.mkdir), { recursive: true });
    if (step.remove) return fs.rmSync(this.file(step.remove), { recursive: true, force: true });
    if (step.symlink) { fs.rmSync(this.file(step.symlink[1]), { force: true }); return fs.symlinkSync(step.symlink[0], this.file(step.symlink[1])); }
    if (step.mount) { execFileSync('mount', ['--bind', this.file(step.mount[0]), this.file(step.mount[1])]); this.mounts.push(this.file(step.mount[1])); return undefined; }
    if (step.play) { for (const [name, scripts] of Object.entries(step.play)) this.upstreams[name].play(scripts); return undefined; }
    if (step.forget) { this.calls(step.forget).length = 0; return undefined; }
    if (step.listen) return this.listen();
    if (step.alive) { if (this.child.exitCode !== null) throw new Error(`${at}: the server ended with ${this.child.exitCode}: ${shown(this.output)}`); return undefined; }
    if (step.events) return this.until(within || 3000, () => { const why = mismatch(step.events, this.events, 'events'); if (why) throw new Error(`${at}: ${why}`); });
    if (step.log) return this.until(within, () => {
      const texts = this.logText();
      this.checkText(at, texts.join('\n'), step.log);
      for (const [part, wanted] of Object.entries(step.log.times ?? {})) {
        const fits = part.startsWith('re:(?i)') ? (line) => new RegExp(part.slice(7), 'i').test(line) : (line) => line.includes(part);
        const most = Math.max(...texts.map((text) => text.split('\n').filter(fits).length));
        const why = mismatch(wanted, most, `lines with ${JSON.stringify(part)}`);
        if (why) throw new Error(`${at}: ${why}: ${shown(texts.join('\n'), 900)}`);
      }
    });
    if (step.file) return this.until(within, () => {
      const { path: name, absent, equals, has, lacks, json } = step.file;
      const target = this.file(name);
      if (absent) { if (fs.existsSync(target)) throw new Error(`${at}: ${name} should not exist`); return; }
      if (!fs.existsSync(target)) throw new Error(`${at}: no ${name}`);
      const text = fs.readFileSync(target, 'utf8');
      if (equals !== undefined && text !== equals) throw new Error(`${at}: ${name} is\n${text}`);
      this.checkText(`${at} ${name}`, text, { has, lacks });
      if (json) { const why = mismatch(json, JSON.parse(text), name); if (why) throw new Error(`${at}: ${why}   [${text.slice(0, 300)}]`); }
    });
    if (step.folder) return this.until(within, () => { const why = mismatch(step.names, fs.readdirSync(this.file(step.folder)).sort(), 'names'); if (why) throw new Error(`${at}: ${why}`); });
    if (step.calls) return this.until(within, () => this.checkCalls(step.calls));
    if (step.login) {
      if (step.token) this.fakes.set(`${step.login}.token`, { status: 200, json: step.token });
      const answer = await this.send({ path: `/v0/management/${oauth.PROVIDERS[step.login].start}?is_webui=true` });
      const { url, state } = JSON.parse(answer.body);
      await this.fakes.approve(url, { via: 'port' });
      return this.until(5000, async () => { const status = JSON.parse((await this.send({ path: `/v0/management/get-auth-status?state=${state}` })).body); if (status.status !== 'ok') throw new Error(`${at}: ${shown(status)}`); });
    }
    if (step.request) {
      const number = step.times ?? 1;
      for (let round = 0; round < number; round++) await this.until(within, async () => {
        const answer = await this.send(step.request);
        this.check(step.expect, answer, at);
        for (const [name, from] of Object.entries(raw.capture ?? {})) {
          if (from.startsWith('re:')) this.names[name] = new RegExp(from.slice(3)).exec(answer.body)?.[1];
          else this.names[name] = from.split('.').reduce((value, part) => value?.[part], JSON.parse(answer.body));
          if (this.names[name] === undefined) throw new Error(`${at}: nothing to capture at ${from}   [${shown(answer.body)}]`);
        }
      });
      return undefined;
    }
    if (step.capture_output) { for (const [name, pattern] of Object.entries(step.capture_output)) { this.names[name] = new RegExp(pattern).exec(this.output)?.[1]; if (!this.names[name]) throw new Error(`${at}: ${pattern} is not in ${shown(this.output)}`); } return undefined; }
    throw new Error(`${at}: unknown step`);
  }

  async run() {
    await this.prepare();
    if (this.scenario.start !== false) await this.step({ start: this.scenario.start ?? {} }, 0);
    for (const [index, step] of (this.scenario.steps ?? []).entries()) await this.step(step, index + 1);
  }

  async end(failed) {
    this.stream?.destroy();
    await this.stop();
    for (const target of this.mounts.reverse()) try { execFileSync('umount', [target]); } catch { /* gone */ }
    await Promise.all([...Object.values(this.upstreams), this.vendor, this.proxy, this.socks, this.fakes].filter(Boolean).map((item) => Promise.race([item.close(), sleep(1000)])));
    this.authority?.remove();
    if (this.dir && !(failed && options.keep)) fs.rmSync(this.dir, { recursive: true, force: true });
    else if (this.dir) console.log(`        kept: ${this.dir}`);
  }
}

function canMount() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'mnt-'));
  try {
    fs.writeFileSync(path.join(dir, 'a'), ''); fs.writeFileSync(path.join(dir, 'b'), '');
    execFileSync('mount', ['--bind', path.join(dir, 'a'), path.join(dir, 'b')], { stdio: 'ignore' });
    execFileSync('umount', [path.join(dir, 'b')], { stdio: 'ignore' });
    return true;
  } catch { return false; } finally { fs.rmSync(dir, { recursive: true, force: true }); }
}
const able = { mount: process.getuid?.() === 0 && canMount(), lan: Boolean(lan) };

const scenarios = files.flatMap((file) => JSON.parse(fs.readFileSync(file, 'utf8'))).filter(({ name, area }) => options.only.length === 0 || options.only.some((text) => name.includes(text) || area.includes(text)));
const seen = new Set();
for (const { name } of scenarios) { if (seen.has(name)) throw new Error(`two scenarios are called ${name}`); seen.add(name); }
const results = [];
async function take(queue) {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const lacking = (next.needs ?? []).filter((need) => !able[need]);
    if (lacking.length) { results.push({ area: next.area, name: next.name, skipped: lacking.join(', ') }); continue; }
    const began = Date.now();
    const run = new Run(next);
    let why;
    try { await run.run(); } catch (error) { why = error.message; }
    try { await run.end(Boolean(why)); } catch (error) { why ??= `clean-up: ${error.message}`; }
    results.push({ area: next.area, name: next.name, ok: !why, why, ms: Date.now() - began });
    if (why) console.log(`not ok  ${next.name}\n        ${why.split('\n').join('\n        ')}`);
    else if (options.verbose) console.log(`ok      ${next.name}`);
  }
}
const shared = scenarios.filter(({ alone }) => !alone);
await Promise.all(Array.from({ length: Number(options.jobs) }, () => take(shared)));
await take(scenarios.filter(({ alone }) => alone));

const areas = {};
for (const { area, ok, skipped } of results) { areas[area] ??= { passed: 0, failed: 0, skipped: 0 }; areas[area][skipped ? 'skipped' : ok ? 'passed' : 'failed']++; }
for (const [area, { passed, failed, skipped }] of Object.entries(areas).sort()) console.log(`${area.padEnd(16)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed${skipped ? ` ${skipped} skipped` : ''}`);
if (options.out) fs.writeFileSync(options.out, JSON.stringify(results, null, 1));
const count = (test) => results.filter(test).length;
console.log(`${count(({ ok }) => ok)} passed, ${count(({ ok, skipped }) => !ok && !skipped)} failed, ${count(({ skipped }) => skipped)} skipped`);
process.exit(count(({ ok, skipped }) => !ok && !skipped) ? 1 : 0);
