#!/usr/bin/env node
// Black-box checker for "set up my tools, and put everything back" (Node 20; js-yaml and smol-toml come from --product).
//   node check-agents.mjs --product DIR [--samples DIR[,DIR]] [--only TEXT] [--require all|tool,tool] [--kill N] [--verbose]
//   --start CMD     another server: {port} {home} {config} {mkey} {key} are filled in; its HOME is {home}
//   --server CMD   as --start; --out FILE: [{name, ok, why}] of each sample, and of "list"; --cases FILE: a JSON list of the samples to play
//   --base URL --home DIR --mkey KEY --key KEY   a server that runs already with HOME=DIR (no restarts, no samples with their own env)
// Asks GET /v0/management/agents, POST /agents/preview, /agents/apply, /agents/restore. Prints a line per failure and: N passed, N failed
import { spawn } from 'node:child_process'; import fs from 'node:fs'; import net from 'node:net'; import os from 'node:os'; import path from 'node:path'; import { createRequire } from 'node:module'; import { fileURLToPath } from 'node:url'; import { isDeepStrictEqual as same } from 'node:util';
const here = path.dirname(fileURLToPath(import.meta.url));
const o = { product: `${process.env.PRODUCT ?? process.cwd()}`, samples: path.join(here, 'samples'), only: '', require: '', start: '', base: '', home: '', mkey: 'management-key-1', key: 'sk-client-key-000001', kill: '0', server: '', out: '', cases: '', verbose: false, keep: false };
for (let i = 2; i < process.argv.length; i++) { const k = process.argv[i].replace(/^--/, ''); if (!(k in o)) { console.error('unknown option ' + process.argv[i]); process.exit(2); } o[k] = typeof o[k] === 'boolean' ? true : process.argv[++i]; }
if (o.server) o.start = o.server; const chosen = o.cases ? new Set(JSON.parse(fs.readFileSync(o.cases, 'utf8'))) : undefined; const failures = new Map(), played = new Set(), left = new Set();
const req = createRequire(path.join(path.resolve(o.product), 'package.json'));
const yaml = req('js-yaml'); const tomlMod = await import(req.resolve('smol-toml'));
const own = !o.base, home = o.home || fs.mkdtempSync(path.join(os.tmpdir(), 'agents-home-'));
const port = own ? await new Promise((r) => { const s = net.createServer(); s.listen(0, '127.0.0.1', () => { const p = s.address().port; s.close(() => r(p)); }); }) : Number(new URL(o.base).port);
const base = o.base || `http://127.0.0.1:${port}`, origin = `http://127.0.0.1:${port}`;
let passed = 0, failed = 0, skipped = 0; const perTool = {};
let now = '';
function check(ok, what, why = '') { const t = (perTool[now.split(/-\d\d-/)[0]] ??= [0, 0]); if (ok) { passed++; t[0]++; if (o.verbose) console.log(`ok ${now}: ${what}`); } else { failed++; t[1]++; if (!failures.has(now)) failures.set(now, `${what}${why ? ' — ' + String(why).replace(/\s+/g, ' ').slice(0, 300) : ''}`); console.log(`not ok ${now}: ${what}${why ? ' — ' + String(why).replace(/\s+/g, ' ').slice(0, 300) : ''}`); } return ok; }

// ── server
let child, childLog = '';
async function start(env = {}) {
  fs.mkdirSync(path.join(home, 'cpd', 'auth'), { recursive: true });
  const config = path.join(home, 'cpd', 'config.yaml');
  if (!fs.existsSync(config)) fs.writeFileSync(config, `host: 127.0.0.1\nport: ${port}\nauth-dir: ${path.join(home, 'cpd', 'auth')}\nremote-management:\n  secret-key: ${o.mkey}\napi-keys: [${o.key}]\nopenai-compatibility:\n  - name: none\n    base-url: http://127.0.0.1:9/v1\n    api-key-entries: [{ api-key: sk-up-000001 }]\n    models:\n${['gw-model', 'gw-opus', 'gw-sonnet', 'gw-haiku'].map((m) => `      - { name: up, alias: ${m} }`).join('\n')}\n`);
  const fill = (t) => t.replace(/\{(port|home|config|mkey|key|product)\}/g, (_, k) => ({ port, home, config, mkey: o.mkey, key: o.key, product: path.resolve(o.product) })[k]);
  const cmd = fill(o.start || '{product}/node_modules/.bin/node {product}/out/headless.js --config {config} --port {port}').split(' ');
  const clean = Object.fromEntries(Object.entries(process.env).filter(([k]) => /^(LANG|LC_|TZ|TMPDIR|SystemRoot)/.test(k)));
  child = spawn(cmd[0], cmd.slice(1), { cwd: home, env: { ...clean, HOME: home, USERPROFILE: home, APPDATA: path.join(home, 'AppData/Roaming'), LOCALAPPDATA: path.join(home, 'AppData/Local'), PATH: `${path.join(home, 'bin')}:${path.dirname(process.execPath)}:/usr/bin:/bin`, ...Object.fromEntries(Object.entries(env).map(([k, v]) => [k, fill(v)])) }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (d) => (childLog += d)); child.stderr.on('data', (d) => (childLog += d)); let gone = false; child.on('exit', () => (gone = true));
  for (let i = 0; i < 150 && !gone; i++) { await new Promise((r) => setTimeout(r, 100)); try { const a = await fetch(base + '/v0/management/config', { headers: { authorization: 'Bearer ' + o.mkey } }); if (a.status < 500) return; } catch { /* not yet */ } }
  console.error('server did not start: ' + childLog.slice(-800)); process.exit(2);
}
const stop = (sig = 'SIGTERM') => new Promise((r) => { if (!child || child.exitCode !== null || child.signalCode) return r(); child.on('exit', r); child.kill(sig); });
async function call(method, p, body) {
  const a = await fetch(`${base}/v0/management${p}`, { method, headers: { authorization: 'Bearer ' + o.mkey, ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body), signal: AbortSignal.timeout(20000) });
  const text = await a.text(); let json; try { json = JSON.parse(text); } catch { /* not JSON */ } return { status: a.status, json, text };
}

// ── reading the formats
const noBom = (t) => t.replace(/^\ufeff/, '');
function jsonc(t) { let out = '', i = 0; while (i < t.length) { const c = t[i]; if (c === '"') { const s = i++; while (i < t.length && t[i] !== '"') i += t[i] === '\\' ? 2 : 1; out += t.slice(s, ++i); } else if (c === '/' && t[i + 1] === '/') { while (i < t.length && t[i] !== '\n') i++; } else if (c === '/' && t[i + 1] === '*') { i = t.indexOf('*/', i + 2); if (i < 0) throw new Error('open comment'); i += 2; out += ' '; } else { out += c; i++; } }
  let r = '', s = false; for (let k = 0; k < out.length; k++) { if (out[k] === '"') { const b = k++; while (out[k] !== '"') k += out[k] === '\\' ? 2 : 1; r += out.slice(b, k + 1); continue; } if (out[k] === ',' && /^\s*[}\]]/.test(out.slice(k + 1, k + 1 + 2000))) continue; r += out[k]; } void s; return JSON.parse(r); }
function dotenv(t) { const m = {}; const re = /^[ \t]*(?:export[ \t]+)?([\w.]+)[ \t]*=[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^\r\n#]*))[^\r\n]*$/gm; for (const x of t.matchAll(re)) m[x[1]] = (x[2] ?? x[3] ?? x[4] ?? '').trim(); return m; }
function read(format, text) { const t = noBom(text); if (!t.trim()) return {}; switch (format) { case 'json': return JSON.parse(t); case 'jsonc': return jsonc(t); case 'toml': return JSON.parse(JSON.stringify(tomlMod.parse(t, { integersAsBigInt: 'asNeeded' }), (_, v) => (typeof v === 'bigint' ? String(v) : v === Infinity || v === -Infinity ? String(v) : v))); case 'yaml': return yaml.load(t) ?? {}; case 'dotenv': return dotenv(t); } }

// ── comparing
const filled = (v) => (typeof v === 'string' ? v.replaceAll('{{origin}}', origin).replaceAll('{{key}}', o.key) : v);
function valuesAt(root, p) { let at = [root]; for (const part of p) { const next = []; for (const x of at) { if (x === null || typeof x !== 'object') continue; if (part === '*') next.push(...Object.values(x)); else { const k = typeof part === 'object' ? valuesAt(root, part.ref)[0] : part; if (Object.hasOwn(x, k)) next.push(x[k]); } } at = next; } return at; }
const fits = (v, want) => { if (want && typeof want === 'object') { if (want.any) return v !== undefined && v !== ''; if (want.re) return typeof v === 'string' && new RegExp(want.re.replaceAll('{{origin}}', origin.replace(/[.]/g, '\\.'))).test(v); } return same(v, filled(want)); };
const wanted = (doc, set) => set.filter((s) => (s.anyOf ? !s.anyOf.some((alt) => wanted(doc, alt).length === 0) : !valuesAt(doc, s.path).some((v) => fits(v, s.value)))).map((s) => (s.anyOf ? 'none of the ways: ' + s.anyOf.map((a) => a.map((x) => x.path.join('.')).join('+')).join(' | ') : `${s.path.map((x) => x.ref?.join('.') ?? x).join('.')} is ${JSON.stringify(valuesAt(doc, s.path)).slice(0, 80)}`));
function diff(a, b, p = []) { if (same(a, b)) return []; const obj = (x) => x !== null && typeof x === 'object'; if (obj(a) && obj(b) && Array.isArray(a) === Array.isArray(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => diff(a[k], b[k], [...p, k])); if (a === undefined && obj(b) && Object.keys(b).length) return Object.keys(b).flatMap((k) => diff(undefined, b[k], [...p, k])); if (b === undefined && obj(a) && Object.keys(a).length) return Object.keys(a).flatMap((k) => diff(a[k], undefined, [...p, k])); return [p]; }
function allowed(p, patterns, before) { return patterns.some((pat) => pat.length <= p.length ? pat.every((x, i) => { if (x === '+') { const c = valuesAt(before, p.slice(0, i))[0]; if (c === undefined || c === null || typeof c !== 'object' || !Object.hasOwn(c, p[i])) return true; return JSON.stringify(c[p[i]]).includes(origin) || (!Array.isArray(c) && /cli-?_?proxy/i.test(p[i])); } return typeof x === 'object' ? new RegExp(x.re).test(p[i]) : x === p[i]; }) : p.every((x, i) => pat[i] === x)); }
/** Every line that isn't ours is still there, in order; a line with something of ours in it is only cut where ours goes in or out. */
function bytesKept(before, after, changed, containers, oursBefore) {
  const problems = []; const A = after.split('\n'), B = before.split('\n'); let j = 0, at = 0; const starts = []; { let n = 0; for (const l of A) { starts.push(n); n += l.length + 1; } }
  const bare = (l) => l.replace(/,/g, ''); const eq = (a, b) => a === b || (Math.abs(a.length - b.length) <= 1 && bare(a) === bare(b)) || a === b + '\r';
  /** without the old values of ours (and their names where they are gone) */
  const strip = (l) => { let cuts = 0; for (const c of changed) { if (c.had === undefined || typeof c.had === 'object' || !l.includes(c.name)) continue; if (c.had === '') { cuts++; continue; } const raws = [JSON.stringify(c.had), `'${c.had}'`, String(c.had)]; const f = l.indexOf(c.name); for (const r of raws) { const v = l.indexOf(r, f + c.name.length); if (r && v >= 0) { cuts++; l = c.gone ? l.slice(0, f).replace(/["']$/, '') + l.slice(v + r.length).replace(/^\s*,/, '') : l.slice(0, v) + l.slice(v + r.length); break; } } } return [l, cuts]; };
  const pieces = (l, from) => { let n = 0, i = 0, p = from; while (i < l.length) { let lo = 0, hi = l.length - i; while (lo < hi) { const m = (lo + hi + 1) >> 1; if (after.indexOf(l.slice(i, i + m), p) >= 0) lo = m; else hi = m - 1; } if (!lo) return Infinity; p = after.indexOf(l.slice(i, i + lo), p) + lo; i += lo; n++; } return n; };
  for (const [i, b] of B.entries()) {
    if (/^[\s{}[\],]+$/.test(b) && b.trim()) { if (j < A.length && eq(A[j], b)) j++; continue; } // brackets alone: the reader and the other lines tell
    let k = j; while (k < A.length && !eq(A[k], b)) k++;
    if (k < A.length) { j = k + 1; at = starts[k]; continue; }
    if (b.trim() === '') { if (i < B.length - 1 && B.length > 2) problems.push(`an empty line (${i + 1}) is gone`); continue; }
    if (oursBefore.length) { let l = b; for (const w of oursBefore) l = l.split(w).join(''); if (!l.replace(/[\s"',:=.{}[\]]/g, '')) continue; }
    const [l, cuts] = strip(b.replace(/\r$/, '')); const inside = containers.filter((c) => (c === undefined ? /^\s*[{[]/.test(l) : l.includes(c))).length;
    if (!cuts && !inside) { problems.push(`line ${i + 1} changed or gone: ${JSON.stringify(b)}`); if (problems.length > 2) return problems; continue; }
    if (cuts && !l.replace(/[\s"',:={}]/g, '')) continue; const n = pieces(l.trim(), at); if (n > 2 + 2 * (cuts + inside)) problems.push(`line ${i + 1} is laid out anew: ${JSON.stringify(b)}`); if (problems.length > 2) return problems;
  }
  return problems;
}

// ── files
const ignore = /^(cpd|bin|tmp|\.cache|\.npm|Library|AppData|\.local\/(share|state)\/(cli-?proxy|CLI Proxy)|\.config\/(cli-?proxy|CLI Proxy)|\.cli-?proxy)/i;
function tree(dir = home, rel = '') { const m = new Map(); for (const e of fs.readdirSync(path.join(dir, rel), { withFileTypes: true })) { const r = rel ? rel + '/' + e.name : e.name; if (ignore.test(r)) continue; const f = path.join(dir, r), st = fs.lstatSync(f); if (e.isDirectory()) for (const [k, v] of tree(dir, r)) m.set(k, v); else m.set(r, st.isSymbolicLink() ? 'link ' + fs.readlinkSync(f) : (st.mode & 0o777).toString(8) + ' ' + fs.readFileSync(f, 'latin1')); } return m; }
const changedFiles = (a, b) => [...new Set([...a.keys(), ...b.keys()])].filter((k) => a.get(k) !== b.get(k));
function wipe() { for (const e of fs.readdirSync(home)) if (!['cpd', 'bin'].includes(e) && !(ignore.test(e))) { if (['.config', '.local'].includes(e)) { for (const s of fs.readdirSync(path.join(home, e))) if (!ignore.test(`${e}/${s}`) && !(e === '.local' && ['share', 'state'].includes(s))) fs.rmSync(path.join(home, e, s), { recursive: true, force: true }); } else fs.rmSync(path.join(home, e), { recursive: true, force: true }); } }
const text = (f) => (fs.existsSync(f) ? fs.readFileSync(f, 'utf8') : undefined);
const errorOf = (r) => (typeof r.json?.error === 'string' ? r.json.error : r.json?.error?.message ?? r.json?.message ?? '');

function place(dir, s) {
  wipe(); const main = path.join(home, s.place); fs.mkdirSync(path.dirname(main), { recursive: true });
  const put = (f, from) => { fs.mkdirSync(path.dirname(f), { recursive: true }); fs.writeFileSync(f, filled(fs.readFileSync(path.join(dir, from), 'utf8'))); };
  if (s.file) { if (s.symlink) { const t = path.join(home, s.symlink); put(t, s.file); fs.symlinkSync(path.relative(path.dirname(main), t), main); } else put(main, s.file); if (s.mode) fs.chmodSync(main, parseInt(s.mode, 8)); }
  for (const [p, f] of Object.entries(s.with ?? {})) put(path.join(home, p), f);
  return main;
}
async function agents() { const r = await call('GET', '/agents'); return Array.isArray(r.json?.agents) ? r.json.agents : []; }
async function one(dir, s, tool) {
  now = s.id; const id = (await agents()).find((a) => tool.ids.includes(a.id))?.id;
  if (!id) { const need = o.require === 'all' || o.require.split(',').includes(s.tool); if (need) check(false, 'is offered', 'no such agent in GET /agents'); else { skipped++; left.add(s.id); } return; }
  const options = { ...s.options, key: o.key }; const moved = !!s.env;
  const docs = [{ place: s.place, format: s.format, set: s.expect.set, own: tool.also?.[s.place]?.own ?? tool.own }];
  if (moved) for (const [p, d] of Object.entries(tool.also ?? {})) docs.push({ place: path.join(path.dirname(s.place), path.basename(p)), ...d });
  if (!moved) { if (tool.also?.[s.place]) docs.push({ place: tool.place, format: tool.format, set: tool.set, own: tool.own }); for (const [p, d] of Object.entries(tool.also ?? {})) if (p !== s.place) docs.push({ place: p, ...d }); }
  let main = place(dir, s); const t0 = tree(); const before = text(main);
  const pre = await call('POST', '/agents/preview', { id, options });
  if (s.expect.invalid) {
    check(pre.status >= 400 && pre.status < 500 && errorOf(pre), 'preview of a file that can not be used is refused in words', `${pre.status} ${pre.text}`);
    const a = await call('POST', '/agents/apply', { id, options });
    check(a.status >= 400 && a.status < 500 && errorOf(a), 'so is apply', `${a.status} ${a.text}`);
    check(changedFiles(t0, tree()).length === 0, 'nothing is written', changedFiles(t0, tree())); return;
  }
  if (!(s.refusalOk && pre.status >= 400)) check(pre.status === 200 && Array.isArray(pre.json?.changes) && pre.json.changes.length > 0, 'preview answers with changes', `${pre.status} ${pre.text}`);
  check(changedFiles(t0, tree()).length === 0, 'preview writes nothing', changedFiles(t0, tree()));
  const real = (f) => { try { return fs.realpathSync(f); } catch { return path.resolve(f); } };
  const mine = (pre.json?.changes ?? []).find((c) => real(c.file ?? '') === real(main));
  if (pre.status === 200) check(mine, 'preview names the file', JSON.stringify((pre.json?.changes ?? []).map((c) => c.file)));
  if (mine) { check((mine.before ?? '') === (before ?? ''), 'preview shows what is in the file now'); check(typeof mine.diff === 'string' && /^\+/m.test(mine.diff), 'preview has a diff', mine.diff); }
  const ap = await call('POST', '/agents/apply', { id, options });
  if (s.refusalOk && ap.status >= 400) { check(ap.status < 500 && errorOf(ap) && changedFiles(t0, tree()).length === 0, 'refused in words, untouched', ap.text); return; }
  if (!check(ap.status === 200, 'apply answers 200', `${ap.status} ${ap.text}`)) return;
  const t1 = tree(); const target = s.symlink ?? s.place;
  for (const f of changedFiles(t0, t1)) if (f !== target && !docs.some((d) => d.place === f)) check(false, 'only files of this tool are written', f);
  for (const d of docs) {
    const f = path.join(home, d.place), was0 = t0.get(d.place === s.place ? target : d.place); const was = was0 === undefined ? undefined : Buffer.from(was0.replace(/^\d+ /, ''), 'latin1').toString('utf8'); const is = text(f);
    if (is === undefined) { if (d.set.length) check(false, 'the file is there', d.place); continue; }
    let doc; try { doc = read(d.format, is); } catch (e) { check(false, `${d.place} can be read`, e.message); continue; }
    const miss = wanted(doc, d.set); check(miss.length === 0, `${d.place}: values are set`, miss.join('; '));
    const old = was === undefined ? {} : read(d.format, was); const paths = diff(old, doc);
    const foreign = paths.filter((p) => !allowed(p, d.own, old)); check(foreign.length === 0, `${d.place}: only own keys changed`, foreign.slice(0, 4).map((p) => p.join('.')).join(', '));
    if (was !== undefined) {
      const changed = paths.map((p) => ({ name: p.findLast?.((x) => !/^\d+$/.test(x)) ?? p.at(-1), had: valuesAt(old, p)[0], gone: valuesAt(doc, p).length === 0 }));
      const containers = [...new Set(paths.filter((p) => valuesAt(old, p).length === 0).map((p) => { let n = p.length - 1; while (n > 0 && valuesAt(old, p.slice(0, n)).length === 0) n--; return n ? p[n - 1] : undefined; }))]; const oursBefore = d.own.filter((p) => p.includes('+')).flatMap((p) => { const i = p.indexOf('+'); const c = valuesAt(old, p.slice(0, i))[0]; return c && typeof c === 'object' ? Object.keys(c).filter((k) => allowed([...p.slice(0, i), k], [p.slice(0, i + 1)], old)).flatMap((k) => { const w = []; const walk = (v) => { if (v && typeof v === 'object') for (const [a, x] of Object.entries(v)) { if (!Array.isArray(v)) w.push(a); walk(x); } else w.push(String(v)); }; walk({ [k]: c[k] }); w.push(...p.slice(0, i)); return w; }) : []; }).sort((a, b) => b.length - a.length).filter(Boolean); const bad = bytesKept(was, is, changed, containers, oursBefore); check(bad.length === 0, `${d.place}: every other line is as it was`, bad.join('; '));
      if (was.length) { check(is.startsWith('\ufeff') === was.startsWith('\ufeff'), `${d.place}: BOM as it was`); const n = (x) => (x.match(/\n/g) ?? []).length, c = (x) => (x.match(/\r\n/g) ?? []).length; if (n(was)) check(c(was) === n(was) ? c(is) === n(is) : c(was) === 0 ? c(is) === 0 : true, `${d.place}: line ends as they were`, `${c(is)} of ${n(is)} are CRLF`); }
      if (mine && d.place === s.place) check(mine.after === is, 'the file is what preview showed');
    }
  }
  if (s.mode) check((fs.statSync(main).mode & 0o777).toString(8) === s.mode, 'mode kept', (fs.statSync(main).mode & 0o777).toString(8));
  if (s.symlink) check(fs.lstatSync(main).isSymbolicLink(), 'still a link');
  const after = text(main);
  check((await agents()).find((a) => a.id === id)?.configured === true, 'is shown as configured');
  const again = await call('POST', '/agents/apply', { id, options }); check(again.status === 200 && text(main) === after, 'a second apply changes nothing', `${again.status}`);
  if (own && s.restart) { await stop('SIGKILL'); await start(s.env); }
  const re = await call('POST', '/agents/restore', { id }); check(re.status === 200, 'restore answers 200', `${re.status} ${re.text}`);
  const left = changedFiles(t0, tree()); check(left.length === 0, s.file ? 'restored byte for byte, nothing left behind' : 'the file is gone again', left.join(', '));
  check((await agents()).find((a) => a.id === id)?.configured === false, 'is shown as not configured');
  const twice = await call('POST', '/agents/restore', { id }); check(twice.status < 500 && changedFiles(t0, tree()).length === 0, 'restore without set-up does no harm', `${twice.status}`);

  // the user's own edit in between
  const cycle = async (edit) => { main = place(dir, s); const a = await call('POST', '/agents/apply', { id, options }); const t = text(main); if (a.status !== 200 || t === undefined) return; const e = edit(t); if (e === undefined || e === t) { check(false, 'test edit can be made', 'text not found'); return; } fs.writeFileSync(main, e); const r = await call('POST', '/agents/restore', { id }); check(r.status === 200, 'restore after an edit answers 200', `${r.status} ${r.text}`); return text(main); };
  if (s.edit) { const ed = (t) => (s.edit.append ? t + (before.includes('\r\n') ? s.edit.append.replace(/\n/g, '\r\n') : s.edit.append) : t.includes(s.edit.find) ? t.replace(s.edit.find, () => s.edit.replace) : undefined); const got = await cycle(ed); const want = ed(before); check(got === want, "the user's edit stays, all else byte for byte", got === undefined ? 'file gone' : firstDiff(want, got)); if (s.mode) check((fs.statSync(main).mode & 0o777).toString(8) === s.mode, 'mode kept after restore'); if (s.symlink) check(fs.lstatSync(main).isSymbolicLink(), 'still a link after restore'); }
  if (!s.file) { const add = { json: (t) => t.replace('{', '{ "zzUser": 1,'), jsonc: (t) => t.replace('{', '{ "zzUser": 1,'), toml: (t) => t + '\n[zz_user]\nx = 1\n', yaml: (t) => t.replace(/\n?$/, '\n') + 'zz-user: 1\n', dotenv: (t) => t + '\nZZ_USER=1\n' }[s.format]; const got = await cycle(add); let doc; try { doc = got && read(s.format, got); } catch { /* below */ } const restDoc = doc && diff({}, doc).filter((p) => !(/^zz/i.test(p[0]))); check(doc && Object.keys(doc).some((k) => /^zz/i.test(k)) && restDoc.length === 0, "what the user added to our file stays, ours goes", got); }
  if (s.reformat) { const got = await cycle((t) => JSON.stringify({ ...read('jsonc', t), $tool: 4 }, null, 1)); let doc; try { doc = read('jsonc', got); } catch { /* below */ } check(doc && same(doc, { ...read('jsonc', before), $tool: 4 }), 'the tool rewrote its file: ours goes, the rest stays', doc ? diff({ ...read('jsonc', before), $tool: 4 }, doc).map((p) => p.join('.')).join(', ') : got); }
  if (s.userChangesOurs) { const u = s.userChangesOurs; const got = await cycle((t) => (t.includes(u.find) ? t.replace(u.find, () => u.replace) : undefined)); let doc; try { doc = read(s.format, got ?? ''); } catch { doc = {}; } check(same(valuesAt(doc, u.path)[0], u.value), 'a key of ours that the user changed keeps his value', JSON.stringify(valuesAt(doc, u.path))); check(!(got ?? '').includes(o.key), 'and our key is out of the file'); }
  if (own && Number(o.kill) && s.file && before?.length > 2) for (let i = 0; i < Number(o.kill); i++) { main = place(dir, s); const p = call('POST', '/agents/apply', { id, options }).catch(() => {}); await new Promise((r) => setTimeout(r, i * 3)); await stop('SIGKILL'); await p; const is = text(main); check(is === before || is === after, `killed during apply (${i}): the old or the new file`, is?.slice(0, 80)); await start(s.env); const r = await call('POST', '/agents/restore', { id }); check(r.status < 500 && text(main) === before, `after that (${i}) restore brings the old file`, `${r.status}`); }
}
function firstDiff(a, b) { if (b === undefined) return 'no file'; let i = 0; while (i < a.length && a[i] === b[i]) i++; return `at ${i}: wanted ${JSON.stringify(a.slice(Math.max(0, i - 25), i + 45))}, got ${JSON.stringify(b.slice(Math.max(0, i - 25), i + 45))}`; }

fs.mkdirSync(path.join(home, 'bin'), { recursive: true });
for (const b of ['claude', 'codex', 'gemini', 'opencode', 'kilo', 'qwen', 'kimi', 'grok', 'pi', 'cn', 'aider', 'droid', 'zed', 'crush', 'cline']) { const f = path.join(home, 'bin', b); fs.writeFileSync(f, '#!/bin/sh\necho 9.9.9\n', { mode: 0o755 }); }
if (own) await start();
const first = await call('GET', '/agents'); now = 'list-00-agents'; check(first.status === 200 && Array.isArray(first.json?.agents) && first.json.agents.every((a) => a.id && a.name && typeof a.installed === 'boolean' && typeof a.configured === 'boolean' && Array.isArray(a.files)), 'GET /agents lists id, name, installed, configured, files', `${first.status} ${first.text}`);
const bad = await call('POST', '/agents/apply', { id: 'no-such-tool', options: {} }); check(bad.status >= 400 && bad.status < 500, 'an unknown id is a 4xx', `${bad.status}`);
const seen = new Set(); let envNow = '{}';
for (const dir of o.samples.split(',')) { const m = JSON.parse(fs.readFileSync(path.join(dir, 'manifest.json'), 'utf8')); const list = [...m.samples].sort((a, b) => Number(!!a.env) - Number(!!b.env));
  for (const s of list) { if ((o.only && !s.id.includes(o.only)) || (chosen && !chosen.has(s.id))) continue; played.add(s.id); if (s.env && !own) { skipped++; continue; } const e = JSON.stringify(s.env ?? {}); if (own && e !== envNow) { wipe(); await stop(); await start(s.env); envNow = e; } if (s.file && !s.expect.invalid && !seen.has(s.tool)) { seen.add(s.tool); s.restart = true; } try { await one(dir, s, m.tools[s.tool]); } catch (err) { now = s.id; check(false, 'checker ran', err.stack); } } if (own && envNow !== '{}') { wipe(); await stop(); await start(); envNow = '{}'; } }
await stop(); if (o.out) fs.writeFileSync(o.out, JSON.stringify(['list-00-agents', ...played].map((name) => ({ name, ok: !failures.has(name), why: failures.get(name), ...(left.has(name) ? { skipped: 'the tool is not offered' } : {}) }))));
if (own && !o.keep) fs.rmSync(home, { recursive: true, force: true });
console.log(Object.entries(perTool).map(([k, [a, b]]) => `# ${k}: ${a} passed, ${b} failed`).join('\n'));
if (skipped) console.log(`# ${skipped} samples left out: the tool is not offered (--require all counts them as failures)`);
console.log(`${passed} passed, ${failed} failed`); process.exit(failed ? 1 : 0);
