#!/usr/bin/env node
// Plays the identity providers of the five logins of 2025 and of the four sign-ins of 2026 behind an HTTP CONNECT proxy.
//
// As a library:
//   const authority = createAuthority();
//   const fakes = await startFakeProviders({ authority });
//   ... start a server with proxy-url: fakes.proxyUrl and the environment fakes.env ...
//   await fakes.approve(authorizeUrl, { via: 'port' });
//   fakes.requests                      // everything the server sent, in order
//   await fakes.close(); authority.remove();
//
// As a command, for trying a login by hand (see README.md):
//   node fake-providers.mjs [--port N] [--set ENDPOINT=BEHAVIOUR]...
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import tls from 'node:tls';
import { pathToFileURL } from 'node:url';
import { makeAuthority } from './authority.mjs';

// Public installed-app constants of the vendors' own command line tools. The two "secrets" ship in
// those tools; they stay in pieces here because secret scanners cannot know that.
export const GOOGLE_CLIENT_ID = '681255809395-oo8ft2oprdrnp9e3aqf6av3hmdib135j.apps.googleusercontent.com';
export const GOOGLE_CLIENT_SECRET = ['GOCSPX', '4uHgMPm', '1o7Sk', 'geV6Cu5clXFsxl'].join('-');
export const IFLOW_CLIENT_ID = '10009311001';
export const IFLOW_CLIENT_SECRET = ['4Z3YjXycVsQvyGF1', 'etiNlIBB4RsqSDtW'].join('');
export const IFLOW_BASIC = `Basic ${Buffer.from(`${IFLOW_CLIENT_ID}:${IFLOW_CLIENT_SECRET}`).toString('base64')}`;
export const ANTHROPIC_CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
export const CODEX_CLIENT_ID = 'app_EMoamEEZ73f0CkXaXp7hrann';
export const QWEN_CLIENT_ID = 'f0304373b74a44d2b584a3fb70ca9e56';
export const GOOGLE_SCOPES = ['cloud-platform', 'userinfo.email', 'userinfo.profile'].map((name) => `https://www.googleapis.com/auth/${name}`);
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** What is fixed about each login. `lifetime` is the expires_in that the fake hands out. */
export const PROVIDERS = {
  anthropic: { start: 'anthropic-auth-url', type: 'claude', port: 54545, callback: '/callback', route: '/anthropic/callback', clientId: ANTHROPIC_CLIENT_ID, pkce: true, lifetime: 28800, lead: 4 * 3600 },
  codex: { start: 'codex-auth-url', type: 'codex', port: 1455, callback: '/auth/callback', route: '/codex/callback', clientId: CODEX_CLIENT_ID, pkce: true, lifetime: 864000, lead: 120 * 3600 },
  gemini: { start: 'gemini-cli-auth-url', type: 'gemini', port: 8085, callback: '/oauth2callback', route: '/google/callback', clientId: GOOGLE_CLIENT_ID, pkce: false, lifetime: 3599 },
  qwen: { start: 'qwen-auth-url', type: 'qwen', clientId: QWEN_CLIENT_ID, pkce: true, lifetime: 21600, lead: 3 * 3600 },
  iflow: { start: 'iflow-auth-url', type: 'iflow', port: 11451, callback: '/oauth2callback', route: '/iflow/callback', clientId: IFLOW_CLIENT_ID, pkce: false, lifetime: 172800, lead: 24 * 3600 },
};

// The sign-ins of 2026. The xAI id is the one that the Grok Build command line of xAI shows on the consent page;
// it is no registration of the server under test (see oauth-2026.md, permissions), so the server takes it from its config.
export const XAI_CLIENT_ID = 'b1a00492-073a-47ea-816f-4c329264a828';
export const XAI_SCOPE = 'openid profile email offline_access grok-cli:access api:access';
export const CODEX_DEVICE_URL = 'https://auth.openai.com/codex/device';
export const CODEX_DEVICE_REDIRECT = 'https://auth.openai.com/deviceauth/callback';
export const VERTEX_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
export const VERTEX_TOKEN_URI = 'https://oauth2.googleapis.com/token';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Kept apart from PROVIDERS, over which the scenarios of 2025 loop. */
export const PROVIDERS_2026 = {
  xai: { start: 'xai-auth-url', type: 'xai', clientId: XAI_CLIENT_ID, pkce: false, lifetime: 21600, lead: 300, refresh: true },
  openrouter: { start: 'openrouter-auth-url', type: 'openrouter', pkce: true, callback: '/openrouter/callback', route: '/openrouter/callback' },
  codexdevice: { start: 'codex-auth-url', query: 'flow=device', type: 'codex', clientId: CODEX_CLIENT_ID, lifetime: 864000 },
  vertex: { type: 'vertex', lifetime: 3599 },
};
const KNOWN = { ...PROVIDERS, ...PROVIDERS_2026 };

/** Host names the proxy serves; the first path segment or the grant type tells the endpoints apart. */
const HOSTS = ['auth.x.ai', 'accounts.x.ai', 'api.x.ai', 'openrouter.ai', 'chatgpt.com', 'aiplatform.googleapis.com', 'us-central1-aiplatform.googleapis.com', 'europe-west4-aiplatform.googleapis.com', 'claude.ai', 'console.anthropic.com', 'auth.openai.com', 'accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com',
  'cloudresourcemanager.googleapis.com', 'cloudcode-pa.googleapis.com', 'serviceusage.googleapis.com', 'chat.qwen.ai', 'iflow.cn'];

/** Which endpoint a request addresses, or undefined. */
function endpointOf({ method, host, path: at, body }) {
  const grant = body && typeof body === 'object' ? body.grant_type : undefined;
  if (host === 'oauth2.googleapis.com' && grant === JWT_GRANT) return 'vertex.token';
  if (host === 'auth.openai.com' && at === '/oauth/token' && body?.redirect_uri === CODEX_DEVICE_REDIRECT) return 'codexdevice.token';
  const token = (provider) => (grant === 'refresh_token' ? `${provider}.refresh` : `${provider}.token`);
  switch (`${method} ${host}${at}`) {
    case 'POST console.anthropic.com/v1/oauth/token': return token('anthropic');
    case 'POST auth.openai.com/oauth/token': return token('codex');
    case 'POST oauth2.googleapis.com/token': return token('gemini');
    case 'GET www.googleapis.com/oauth2/v1/userinfo': return 'gemini.userinfo';
    case 'GET cloudresourcemanager.googleapis.com/v1/projects': return 'gemini.projects';
    case 'POST cloudcode-pa.googleapis.com/v1internal:loadCodeAssist': return 'gemini.load';
    case 'POST cloudcode-pa.googleapis.com/v1internal:onboardUser': return 'gemini.onboard';
    case 'POST cloudcode-pa.googleapis.com/v1internal:generateContent': return 'gemini.generate';
    case 'POST chat.qwen.ai/api/v1/oauth2/device/code': return 'qwen.device';
    case 'POST chat.qwen.ai/api/v1/oauth2/token': return token('qwen');
    case 'POST iflow.cn/oauth/token': return token('iflow');
    case 'GET iflow.cn/api/oauth/getUserInfo': return 'iflow.userinfo';
    case 'GET auth.x.ai/.well-known/openid-configuration': return 'xai.discovery';
    case 'POST auth.x.ai/oauth2/device/code': return 'xai.device';
    case 'POST auth.x.ai/oauth2/token': return token('xai');
    case 'GET api.x.ai/v1/models': return 'xai.models';
    case 'POST api.x.ai/v1/chat/completions': return 'xai.chat';
    case 'POST api.x.ai/v1/responses': return 'xai.responses';
    case 'POST openrouter.ai/api/v1/auth/keys': return 'openrouter.keys';
    case 'GET openrouter.ai/api/v1/key': return 'openrouter.key';
    case 'GET openrouter.ai/api/v1/models': case 'GET openrouter.ai/api/v1/models/user': return 'openrouter.models';
    case 'POST openrouter.ai/api/v1/chat/completions': return 'openrouter.chat';
    case 'POST auth.openai.com/api/accounts/deviceauth/usercode': return 'codexdevice.usercode';
    case 'POST auth.openai.com/api/accounts/deviceauth/token': return 'codexdevice.poll';
    case 'GET chatgpt.com/backend-api/codex/models': return 'codexdevice.models';
    default:
      if (host.endsWith('aiplatform.googleapis.com')) {
        if (method === 'POST' && /^\/v1\/projects\/[^/]+\/locations\/[^/]+\/publishers\/google\/models\/[^/:]+:(generateContent|streamGenerateContent|countTokens)$/.test(at)) return 'vertex.generate';
        if (method === 'GET' && /^\/v1(beta1)?\/publishers\/google\/models$/.test(at)) return 'vertex.models';
      }
      if (host === 'serviceusage.googleapis.com') {
        if (method === 'GET' && /^\/v1\/projects\/[^/]+\/services\/cloudaicompanion\.googleapis\.com$/.test(at)) return 'gemini.service';
        if (method === 'POST' && /^\/v1\/projects\/[^/]+\/services\/cloudaicompanion\.googleapis\.com:enable$/.test(at)) return 'gemini.enable';
      }
      return undefined;
  }
}

// ---------------------------------------------------------------------------------------------
// Certificates

/** A certificate authority and one leaf for all hosts, plus a second leaf from an authority nobody trusts. */
export function createAuthority() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'oauth-ca-'));
  const caFile = path.join(directory, 'ca.pem');
  const [known, stranger] = [makeAuthority('conformance', HOSTS), makeAuthority('stranger', HOSTS)];
  fs.writeFileSync(caFile, known.ca);
  const context = ({ key, cert }) => tls.createSecureContext({ key, cert });
  return { caFile, trusted: context(known), untrusted: context(stranger), remove: () => fs.rmSync(directory, { recursive: true, force: true }) };
}

// ---------------------------------------------------------------------------------------------
// Behaviours

const oauthError = (status, error, description) => ({ status, json: { error, error_description: description } });

/** Named behaviours of an endpoint. Anything not here is written as an object, see `startFakeProviders().set`. */
export const BEHAVIOURS = {
  invalid_grant: oauthError(400, 'invalid_grant', 'Invalid or expired grant'),
  unauthorized: oauthError(401, 'invalid_client', 'Client authentication failed'),
  server_error: { status: 500, text: '<html><body>Internal Server Error</body></html>', headers: { 'content-type': 'text/html' } },
  rate_limited: { status: 429, json: { error: 'rate_limited', error_description: 'Slow down' }, headers: { 'retry-after': '2' } },
  invalid_json: { status: 200, text: '{"access_token": "cut' },
  missing_fields: { status: 200, json: {} },
  reset: { reset: true },
  hang: { hang: true },
  endless: { endless: true },
  bad_certificate: { certificate: 'untrusted' },
  pending: oauthError(400, 'authorization_pending', 'The user has not decided yet'),
  slow_down: oauthError(400, 'slow_down', 'Poll less often'),
  denied: oauthError(400, 'access_denied', 'The user said no'),
  expired: oauthError(400, 'expired_token', 'The device code is too old'),
  not_onboarded: { status: 200, json: { done: false } },
  no_projects: { status: 200, json: { projects: [] } },
  service_disabled: { status: 200, json: { state: 'DISABLED' } },
  // xAI
  unknown_client: oauthError(400, 'invalid_client', 'Unknown or disabled client'),
  revoked: oauthError(400, 'invalid_grant', 'Refresh token has been revoked'),
  no_entitlement: { status: 403, json: { code: 'permission-denied', error: 'Access to the chat endpoint is denied. Please ensure you are using the correct credentials.' } },
  // OpenAI's device surface
  device_pending: { status: 403, json: { error: { code: 'deviceauth_authorization_pending', message: 'Authorization is pending' } } },
  device_unknown: { status: 404, text: '' },
  device_slow_down: { status: 429, json: { error: { code: 'slow_down', message: 'Poll less often' } } },
  device_denied: { status: 403, json: { error: { code: 'access_denied', message: 'The user said no' } } },
  device_expired: { status: 403, json: { error: { code: 'expired_token', message: 'The device code is too old' } } },
  // OpenRouter
  code_refused: { status: 400, json: { error: { message: 'Invalid code', code: 400 } } },
  code_expired: { status: 403, json: { error: { message: 'Authorization code expired', code: 403 } } },
  key_refused: { status: 401, json: { error: { message: 'User not found.', code: 401 } } },
  // Google
  google_unauthenticated: { status: 401, json: { error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' } } },
  google_denied: { status: 403, json: { error: { code: 403, message: "Permission 'aiplatform.endpoints.predict' denied on resource (or it may not exist).", status: 'PERMISSION_DENIED', details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'IAM_PERMISSION_DENIED', domain: 'aiplatform.googleapis.com' }] } } },
  already_enabled: { status: 400, json: { error: { code: 400, message: 'Service is already enabled for this project', status: 'FAILED_PRECONDITION' } } },
};

const base64url = (value) => Buffer.from(value).toString('base64url');
const s256 = (verifier) => createHash('sha256').update(verifier).digest('base64url');

/** An unsigned identity token in the shape that the Codex login reads. */
export function idToken(claims) {
  return `${base64url(JSON.stringify({ alg: 'RS256', typ: 'JWT' }))}.${base64url(JSON.stringify(claims))}.${base64url('no signature')}`;
}

/** A service-account file as Google's console makes it, with a key pair of its own. */
export function serviceAccount({ project = 'fake-vertex-project', email, ...extra } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const json = { type: 'service_account', project_id: project, private_key_id: createHash('sha1').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex'), private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email ?? `robot@${project}.iam.gserviceaccount.com`, client_id: '100000000000000000001', auth_uri: 'https://accounts.google.com/o/oauth2/auth', token_uri: VERTEX_TOKEN_URI,
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs', client_x509_cert_url: 'https://www.googleapis.com/robot/v1/metadata/x509/robot', universe_domain: 'googleapis.com', ...extra };
  return { json, publicKey: publicKey.export({ type: 'spki', format: 'pem' }), pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }) };
}

function decodeBody(raw, contentType = '') {
  if (raw === '') return undefined;
  if (contentType.startsWith('application/x-www-form-urlencoded')) return pairs(new URLSearchParams(raw));
  if (contentType.startsWith('application/json')) { try { return JSON.parse(raw); } catch { return raw; } }
  return raw;
}

/** Query or form as an object; a name that comes twice becomes a list, so that no exact check misses it. */
export function pairs(params) {
  const result = {};
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    result[name] = values.length === 1 ? values[0] : values;
  }
  return result;
}

// ---------------------------------------------------------------------------------------------
// The proxy

/**
 * Starts two CONNECT proxies in front of the same fakes. `proxyUrl` is for `proxy-url` in the config,
 * `envProxyUrl` for the environment; `via` of a recorded request tells which one it came through.
 */
export async function startFakeProviders({ authority, port = 0, onRequest } = {}) {
  const requests = [];
  const unexpected = [];
  const behaviours = {};
  const accounts = {};
  const codes = new Map(); // code -> grant
  const devices = new Map(); // device code -> grant
  const accessTokens = new Map(); // access token -> { provider, account }
  const refreshTokens = new Map(); // refresh token -> { provider, account, used }
  const sockets = new Set();
  const secrets = new Map(); // value -> what it is, for leak checks
  const robots = new Map(); // client_email -> { publicKey, keyId }
  const keys = new Map(); // OpenRouter key -> account
  let counter = 0;
  const next = () => ++counter;

  const remember = (kind, value) => { if (value) secrets.set(value, kind); return value; };

  function accountOf(provider) {
    return { email: `user@${provider}.example`, accountId: `acct-${provider}`, project: 'fake-project', phone: '13800000000', ...(provider === 'xai' ? { sub: 'fake-xai-subject-1' } : {}), ...(provider === 'openrouter' ? { userId: 'user_fakeOpenRouter1' } : {}),
      ...(provider === 'codexdevice' ? { email: 'user@codex.example', accountId: 'acct-codex' } : {}), ...accounts[provider] };
  }

  function issue(provider, account, { keepRefresh } = {}) {
    const n = next();
    const access = remember('access_token', `fake-${provider}-access-${n}`);
    const refresh = keepRefresh ?? remember('refresh_token', `fake-${provider}-refresh-${n}`);
    accessTokens.set(access, { provider, account });
    refreshTokens.set(refresh, { provider, account });
    return { access, refresh, n };
  }

  function tokenAnswer(provider, account, issued) {
    const { access, refresh } = issued;
    const expires = KNOWN[provider].lifetime;
    switch (provider) {
      case 'anthropic': return { token_type: 'Bearer', access_token: access, expires_in: expires, refresh_token: refresh, scope: 'user:inference user:profile',
        organization: { uuid: 'fake-org', name: 'Fake Organisation' }, account: { uuid: 'fake-account', email_address: account.email } };
      case 'xai': return { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: expires, scope: XAI_SCOPE, ...(account.anonymous ? {} : { id_token: remember('id_token', idToken({ iss: 'https://auth.x.ai', aud: XAI_CLIENT_ID, exp: 4102444800, jti: `fake-${issued.n}`, sub: account.sub, ...(account.email ? { email: account.email } : {}) })) }) };
      case 'codexdevice':
      case 'codex': return { id_token: remember('id_token', idToken(account.claims ?? { iss: 'https://auth.openai.com', aud: [CODEX_CLIENT_ID], sub: 'auth0|fake', exp: 4102444800, iat: 1700000000,
        jti: `fake-${issued.n}`, email: account.email, email_verified: true, 'https://api.openai.com/auth': { chatgpt_account_id: account.accountId, chatgpt_plan_type: 'plus', chatgpt_user_id: 'fake-user', user_id: 'fake-user', groups: [], organizations: [] } })),
      access_token: access, refresh_token: refresh, token_type: 'bearer', expires_in: expires };
      case 'gemini': return { access_token: access, expires_in: expires, refresh_token: refresh, scope: GOOGLE_SCOPES.join(' '), token_type: 'Bearer' };
      case 'qwen': return { status: 'success', access_token: access, refresh_token: refresh, token_type: 'Bearer', resource_url: 'portal.qwen.ai', expires_in: expires };
      default: return { access_token: access, refresh_token: refresh, token_type: 'bearer', scope: 'fake-scope', expires_in: expires };
    }
  }

  /** The client id the fake expects; another one may be registered with `fakes.clientIds.xai = …`. */
  const clientIds = { xai: XAI_CLIENT_ID };

  const refuse = (status, error, why) => ({ ...oauthError(status, error, why), refused: why });

  /** The strict checks of a token endpoint; undefined when the client is who it says. */
  function wrongClient(provider, entry) {
    const { body, headers } = entry;
    if (body === null || typeof body !== 'object') return refuse(400, 'invalid_request', 'body is neither JSON nor a form');
    const wanted = provider === 'anthropic' ? 'application/json' : 'application/x-www-form-urlencoded';
    if (!(headers['content-type'] ?? '').startsWith(wanted)) return refuse(400, 'invalid_request', `content type is not ${wanted}`);
    if (provider === 'xai' ? body.client_id !== clientIds.xai : body.client_id !== KNOWN[provider].clientId) return refuse(401, 'invalid_client', 'unknown client_id');
    if (provider === 'gemini' && body.client_secret !== GOOGLE_CLIENT_SECRET) return refuse(401, 'invalid_client', 'wrong client_secret');
    if (provider === 'iflow' && (body.client_secret !== IFLOW_CLIENT_SECRET || headers.authorization !== IFLOW_BASIC)) return refuse(401, 'invalid_client', 'wrong client_secret or Basic header');
    return undefined;
  }

  function exchange(provider, entry) {
    const wrong = wrongClient(provider, entry);
    if (wrong) return wrong;
    const { body } = entry;
    if (body.grant_type !== 'authorization_code') return refuse(400, 'unsupported_grant_type', `grant_type ${body.grant_type}`);
    const grant = codes.get(body.code);
    if (!grant || grant.provider !== provider) return refuse(400, 'invalid_grant', 'unknown code');
    if (grant.used) return refuse(400, 'invalid_grant', 'code used twice');
    if (body.redirect_uri !== grant.redirectUri) return refuse(400, 'invalid_grant', 'redirect_uri differs from the authorize URL');
    if (provider === 'anthropic' && body.state !== grant.state) return refuse(400, 'invalid_grant', 'state differs from the authorize URL');
    if (grant.challenge !== undefined) {
      if (typeof body.code_verifier !== 'string' || !/^[A-Za-z0-9._~-]{43,128}$/.test(body.code_verifier)) return refuse(400, 'invalid_grant', 'code_verifier missing or malformed');
      remember('code_verifier', body.code_verifier);
      if (s256(body.code_verifier) !== grant.challenge) return refuse(400, 'invalid_grant', 'code_verifier does not match the challenge');
    }
    grant.used = true;
    return { status: 200, json: tokenAnswer(provider, grant.account, issue(provider, grant.account)) };
  }

  function refresh(provider, entry) {
    const wrong = wrongClient(provider, entry);
    if (wrong) return wrong;
    const known = refreshTokens.get(entry.body.refresh_token);
    if (!known || known.provider !== provider) return refuse(400, 'invalid_grant', 'unknown refresh token');
    if (known.used) return refuse(400, provider === 'codex' ? 'refresh_token_reused' : 'invalid_grant', 'refresh token used twice');
    // Google keeps the refresh token; the others rotate it and refuse the old one from then on.
    const keepRefresh = provider === 'gemini' ? entry.body.refresh_token : undefined;
    if (!keepRefresh) known.used = true;
    const json = tokenAnswer(provider, known.account, issue(provider, known.account, { keepRefresh }));
    if (keepRefresh) delete json.refresh_token;
    return { status: 200, json };
  }

  function bearer(entry) {
    const match = /^Bearer (.+)$/.exec(entry.headers.authorization ?? '');
    const known = match && accessTokens.get(match[1]);
    return known?.provider === 'gemini' ? known : undefined;
  }

  const google = (handler) => (entry) => {
    const known = bearer(entry);
    return known ? handler(known.account, entry) : refuse(401, 'UNAUTHENTICATED', 'bearer token is not one that was issued');
  };

  /** The account a bearer token of `provider` belongs to. */
  const holder = (provider, entry) => {
    const match = /^Bearer (.+)$/.exec(entry.headers.authorization ?? '');
    const known = match && accessTokens.get(match[1]);
    return known?.provider === provider ? known.account : undefined;
  };
  const chat = (model) => ({ id: 'fake', object: 'chat.completion', created: 1700000000, model, choices: [{ index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
  /** A chat answer, as server-sent events when the request asks for a stream. */
  const completion = (entry) => {
    const whole = chat(entry.body?.model);
    if (!entry.body?.stream) return { status: 200, json: whole };
    const piece = (delta, finish) => ({ ...whole, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
    return { status: 200, text: `${[piece({ role: 'assistant', content: 'pong' }, null), piece({}, 'stop')].map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')}data: [DONE]\n\n`, headers: { 'content-type': 'text/event-stream' } };
  };
  const answerOfResponses = (entry) => {
    const output = [{ type: 'message', id: 'msg_fake', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'pong', annotations: [] }] }];
    const whole = { id: 'resp_fake', object: 'response', created_at: 1700000000, status: 'completed', model: entry.body?.model, output, usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } };
    if (!entry.body?.stream) return { status: 200, json: whole };
    const events = [['response.created', { response: { ...whole, status: 'in_progress', output: [] } }], ['response.output_item.added', { output_index: 0, item: { ...output[0], status: 'in_progress', content: [] } }], ['response.content_part.added', { output_index: 0, content_index: 0, item_id: 'msg_fake', part: { type: 'output_text', text: '', annotations: [] } }],
      ['response.output_text.delta', { output_index: 0, content_index: 0, item_id: 'msg_fake', delta: 'pong' }], ['response.output_text.done', { output_index: 0, content_index: 0, item_id: 'msg_fake', text: 'pong' }], ['response.output_item.done', { output_index: 0, item: output[0] }], ['response.completed', { response: whole }]];
    return { status: 200, text: events.map(([type, data], n) => `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: n, ...data })}\n\n`).join(''), headers: { 'content-type': 'text/event-stream' } };
  };
  const gemini = (entry) => {
    const whole = { candidates: [{ content: { role: 'model', parts: [{ text: 'pong' }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 }, modelVersion: 'fake' };
    if (entry.path.endsWith(':countTokens')) return { status: 200, json: { totalTokens: 1 } };
    if (!entry.path.endsWith(':streamGenerateContent')) return { status: 200, json: whole };
    return entry.query.alt === 'sse' ? { status: 200, text: `data: ${JSON.stringify(whole)}\n\n`, headers: { 'content-type': 'text/event-stream' } } : { status: 200, json: [whole] };
  };

  /** Google's checks of a service account's assertion. */
  function assertion(entry) {
    const { body, headers } = entry;
    if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return refuse(400, 'invalid_request', 'content type is not a form');
    const parts = String(body.assertion ?? '').split('.');
    if (parts.length !== 3) return refuse(400, 'invalid_grant', 'assertion is not a JWT');
    remember('assertion', body.assertion);
    let header; let claims;
    try { [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))); } catch { return refuse(400, 'invalid_grant', 'assertion does not decode'); }
    const robot = robots.get(claims.iss);
    if (!robot) return refuse(400, 'invalid_grant', 'Invalid grant: account not found');
    if (header.alg !== 'RS256') return refuse(400, 'invalid_grant', `alg ${header.alg}`);
    if (header.kid !== undefined && header.kid !== robot.keyId) return refuse(400, 'invalid_grant', 'kid is not that of the key');
    if (!verify('RSA-SHA256', Buffer.from(`${parts[0]}.${parts[1]}`), createPublicKey(robot.publicKey), Buffer.from(parts[2], 'base64url'))) return refuse(400, 'invalid_grant', 'Invalid JWT Signature.');
    if (claims.aud !== VERTEX_TOKEN_URI) return refuse(400, 'invalid_grant', `aud ${claims.aud}`);
    if (!String(claims.scope ?? '').split(' ').includes(VERTEX_SCOPE)) return refuse(400, 'invalid_scope', `scope ${claims.scope}`);
    const now = Date.now() / 1000;
    if (!Number.isInteger(claims.iat) || !Number.isInteger(claims.exp) || claims.iat > now + 60 || claims.exp < now || claims.exp - claims.iat > 3600) return refuse(400, 'invalid_grant', 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.');
    const token = remember('access_token', `fake-vertex-access-${next()}`);
    accessTokens.set(token, { provider: 'vertex', account: { email: claims.iss } });
    return { status: 200, json: { access_token: token, expires_in: KNOWN.vertex.lifetime, token_type: 'Bearer' } };
  }

  const handlers = {
    'xai.discovery': () => ({ status: 200, json: { issuer: 'https://auth.x.ai', device_authorization_endpoint: 'https://auth.x.ai/oauth2/device/code', token_endpoint: 'https://auth.x.ai/oauth2/token', authorization_endpoint: 'https://auth.x.ai/oauth2/authorize',
      token_endpoint_auth_methods_supported: ['none'], grant_types_supported: ['authorization_code', 'refresh_token', DEVICE_GRANT] } }),
    'xai.device': (entry) => {
      const wrong = wrongClient('xai', entry);
      if (wrong) return entry.body?.client_id === clientIds.xai ? wrong : { ...BEHAVIOURS.unknown_client, refused: 'unknown client_id' };
      const scopes = String(entry.body.scope ?? '').split(' ');
      for (const scope of ['offline_access', 'api:access']) if (!scopes.includes(scope)) return refuse(400, 'invalid_scope', `scope lacks ${scope}`);
      const n = next();
      const deviceCode = remember('device_code', `fake-xai-device-${n}`);
      const account = accountOf('xai');
      devices.set(deviceCode, { provider: 'xai', userCode: `XAI-${n}`, account, decision: account.approved ? 'approved' : undefined });
      return { status: 200, json: { device_code: deviceCode, user_code: `XAI-${n}`, verification_uri: 'https://accounts.x.ai/oauth2/device', verification_uri_complete: `https://accounts.x.ai/oauth2/device?user_code=XAI-${n}`, expires_in: 1800, interval: 1 } };
    },
    'xai.token': (entry) => {
      const wrong = wrongClient('xai', entry);
      if (wrong) return wrong;
      if (entry.body.grant_type !== DEVICE_GRANT) return refuse(400, 'unsupported_grant_type', `grant_type ${entry.body.grant_type}`);
      const grant = devices.get(entry.body.device_code);
      if (grant?.provider !== 'xai') return refuse(400, 'invalid_grant', 'unknown device code');
      if (grant.decision === 'denied') return BEHAVIOURS.denied;
      if (grant.decision !== 'approved') return BEHAVIOURS.pending;
      if (grant.used) return refuse(400, 'invalid_grant', 'device code used twice');
      grant.used = true;
      return { status: 200, json: tokenAnswer('xai', grant.account, issue('xai', grant.account)) };
    },
    'xai.refresh': (entry) => refresh('xai', entry),
    'xai.models': (entry) => (holder('xai', entry) ? { status: 200, json: { object: 'list', data: ['grok-4.5', 'grok-4.6'].map((id) => ({ id, created: 1780000000, object: 'model', owned_by: 'xai' })) } } : refuse(401, 'unauthenticated', 'bearer token is not one that was issued')),
    'xai.chat': (entry) => (holder('xai', entry) ? completion(entry) : refuse(401, 'unauthenticated', 'bearer token is not one that was issued')),
    'xai.responses': (entry) => (holder('xai', entry) ? answerOfResponses(entry) : refuse(401, 'unauthenticated', 'bearer token is not one that was issued')),
    'openrouter.keys': (entry) => {
      const { body, headers } = entry;
      const no = (status, message, why = message) => ({ status, json: { error: { code: status, message } }, refused: why });
      if (!(headers['content-type'] ?? '').startsWith('application/json') || body === null || typeof body !== 'object') return no(400, 'Invalid request', 'body is not JSON');
      const grant = codes.get(body.code);
      if (grant?.provider !== 'openrouter') return no(400, 'Invalid code', 'unknown code');
      if (grant.used) return no(400, 'Invalid code', 'code used twice');
      if (body.code_challenge_method !== 'S256') return no(400, 'Invalid code_challenge_method');
      remember('code_verifier', body.code_verifier);
      if (typeof body.code_verifier !== 'string' || !/^[A-Za-z0-9._~-]{43,128}$/.test(body.code_verifier) || s256(body.code_verifier) !== grant.challenge) return no(403, 'Invalid code or code_verifier');
      grant.used = true;
      const key = remember('api_key', `sk-or-v1-fake${String(next()).padStart(8, '0')}${createHash('sha256').update(String(counter)).digest('hex').slice(0, 52)}`);
      keys.set(key, grant.account);
      accessTokens.set(key, { provider: 'openrouter', account: grant.account });
      return { status: 200, json: { key, user_id: grant.account.userId ?? null } };
    },
    'openrouter.key': (entry) => (holder('openrouter', entry) ? { status: 200, json: { data: { label: 'sk-or-v1-fak...', limit: null, limit_reset: null, limit_remaining: null, include_byok_in_limit: false, usage: 0, usage_daily: 0, usage_weekly: 0, usage_monthly: 0, is_free_tier: true } } } : BEHAVIOURS.key_refused),
    'openrouter.models': () => ({ status: 200, json: { data: ['openai/gpt-5.2', 'anthropic/claude-sonnet-5'].map((id) => ({ id, name: id, created: 1780000000, context_length: 200000, architecture: { modality: 'text->text', input_modalities: ['text'], output_modalities: ['text'] }, pricing: { prompt: '0', completion: '0' } })) } }),
    'openrouter.chat': (entry) => (holder('openrouter', entry) ? completion(entry) : { ...BEHAVIOURS.key_refused, refused: 'key is not one that was issued' }),
    'codexdevice.usercode': (entry) => {
      if (!(entry.headers['content-type'] ?? '').startsWith('application/json')) return refuse(400, 'invalid_request', 'body is not JSON');
      if (entry.body?.client_id !== CODEX_CLIENT_ID) return refuse(401, 'invalid_client', 'unknown client_id');
      const n = next();
      const deviceCode = remember('device_code', `fake-codex-device-${n}`);
      const account = accountOf('codexdevice');
      devices.set(deviceCode, { provider: 'codexdevice', userCode: `CODE-${n}`, account, decision: account.approved ? 'approved' : undefined });
      return { status: 200, json: { device_auth_id: deviceCode, user_code: `CODE-${n}`, interval: '1', expires_at: new Date(Date.now() + 900000).toISOString() } }; // the real service sends the interval as text
    },
    'codexdevice.poll': (entry) => {
      if (!(entry.headers['content-type'] ?? '').startsWith('application/json')) return refuse(400, 'invalid_request', 'body is not JSON');
      const grant = devices.get(entry.body?.device_auth_id);
      if (grant?.provider !== 'codexdevice' || grant.userCode !== entry.body.user_code) return { ...BEHAVIOURS.device_pending, refused: 'unknown device_auth_id or user_code' };
      if (grant.decision === 'denied') return BEHAVIOURS.device_denied;
      if (grant.decision !== 'approved') return BEHAVIOURS.device_pending;
      if (grant.used) return { ...BEHAVIOURS.device_pending, refused: 'device code used twice' };
      grant.used = true;
      const code = remember('code', `fake-codex-device-code-${next()}`);
      const codeVerifier = remember('code_verifier', createHash('sha512').update(code).digest('base64url')); // made by the provider, not by the client
      codes.set(code, { provider: 'codexdevice', redirectUri: CODEX_DEVICE_REDIRECT, challenge: s256(codeVerifier), account: grant.account });
      return { status: 200, json: { authorization_code: code, code_verifier: codeVerifier, code_challenge: s256(codeVerifier) } };
    },
    'codexdevice.token': (entry) => exchange('codexdevice', entry),
    'codexdevice.models': (entry) => (entry.query.client_version ? { status: 200, json: { models: [{ slug: 'gpt-5.5', display_name: 'GPT-5.5', visibility: 'list', supported_in_api: true, minimal_client_version: '0.100.0' }] } } : { status: 400, json: { detail: [{ type: 'missing', loc: ['query', 'client_version'], msg: 'Field required' }] } }),
    'vertex.token': assertion,
    'vertex.generate': (entry) => (holder('vertex', entry) ? gemini(entry) : { ...BEHAVIOURS.google_unauthenticated, refused: 'bearer token is not one that was issued' }),
    'vertex.models': (entry) => (holder('vertex', entry) ? { status: 200, json: { publisherModels: [{ name: 'publishers/google/models/gemini-2.5-flash' }] } } : BEHAVIOURS.google_unauthenticated),
    'anthropic.token': (entry) => exchange('anthropic', entry),
    'anthropic.refresh': (entry) => refresh('anthropic', entry),
    'codex.token': (entry) => exchange('codex', entry),
    'codex.refresh': (entry) => refresh('codex', entry),
    'gemini.token': (entry) => exchange('gemini', entry),
    'gemini.refresh': (entry) => refresh('gemini', entry),
    'gemini.userinfo': google((account) => ({ status: 200, json: { id: '1', email: account.email, verified_email: true, name: 'Fake User' } })),
    'gemini.projects': google((account) => ({ status: 200, json: { projects: [
      { projectNumber: '1', projectId: account.project, lifecycleState: 'ACTIVE', name: 'Fake Project' },
      { projectNumber: '2', projectId: 'second-project', lifecycleState: 'ACTIVE', name: 'Second' }] } })),
    'gemini.load': google(() => ({ status: 200, json: { allowedTiers: [{ id: 'legacy-tier' }, { id: 'free-tier', isDefault: true }], gcpManaged: false } })),
    'gemini.onboard': google((account, entry) => ({ status: 200, json: { name: 'operations/fake', done: true, response: { cloudaicompanionProject: { id: entry.body.cloudaicompanionProject } } } })),
    'gemini.service': google(() => ({ status: 200, json: { state: 'ENABLED' } })),
    'gemini.enable': google(() => ({ status: 200, json: { done: true } })),
    'gemini.generate': google(() => ({ status: 200, json: { response: { candidates: [{ content: { role: 'model', parts: [{ text: 'pong' }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 } } } })),
    'qwen.device': (entry) => {
      const wrong = wrongClient('qwen', entry);
      if (wrong) return wrong;
      if (entry.body.code_challenge_method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(entry.body.code_challenge ?? '')) return refuse(400, 'invalid_request', 'code_challenge missing or malformed');
      const n = next();
      const deviceCode = remember('device_code', `fake-device-code-${n}`);
      devices.set(deviceCode, { userCode: `FAKE-${n}`, challenge: entry.body.code_challenge, account: accountOf('qwen'), decision: accountOf('qwen').approved ? 'approved' : undefined });
      return { status: 200, json: { device_code: deviceCode, user_code: `FAKE-${n}`, verification_uri: 'https://chat.qwen.ai/authorize',
        verification_uri_complete: `https://chat.qwen.ai/authorize?user_code=FAKE-${n}&client=qwen-code`, expires_in: 900, interval: 1 } };
    },
    'qwen.token': (entry) => {
      const wrong = wrongClient('qwen', entry);
      if (wrong) return wrong;
      if (entry.body.grant_type !== DEVICE_GRANT) return refuse(400, 'unsupported_grant_type', `grant_type ${entry.body.grant_type}`);
      const grant = devices.get(entry.body.device_code);
      if (!grant) return refuse(400, 'invalid_grant', 'unknown device code');
      remember('code_verifier', entry.body.code_verifier);
      if (typeof entry.body.code_verifier !== 'string' || s256(entry.body.code_verifier) !== grant.challenge) return refuse(400, 'invalid_grant', 'code_verifier does not match the challenge');
      if (grant.decision === 'denied') return BEHAVIOURS.denied;
      if (grant.decision !== 'approved') return BEHAVIOURS.pending;
      if (grant.used) return refuse(400, 'invalid_grant', 'device code used twice');
      grant.used = true;
      return { status: 200, json: tokenAnswer('qwen', grant.account, issue('qwen', grant.account)) };
    },
    'qwen.refresh': (entry) => refresh('qwen', entry),
    'iflow.token': (entry) => exchange('iflow', entry),
    'iflow.refresh': (entry) => refresh('iflow', entry),
    'iflow.userinfo': (entry) => {
      const known = accessTokens.get(entry.query.accessToken);
      if (known?.provider !== 'iflow') return { status: 200, json: { success: false, code: '401', message: 'unknown token' }, refused: 'access token is not one that was issued' };
      return { status: 200, json: { success: true, data: { apiKey: remember('api_key', `fake-iflow-key-${next()}`), email: known.account.email, phone: known.account.phone } } };
    },
  };

  /** The behaviour of this request: what was set for the endpoint, or "ok". Lists are used up, the last element stays. */
  function behaviourFor(endpoint) {
    const set = behaviours[endpoint];
    const chosen = Array.isArray(set) ? (set.length > 1 ? set.shift() : set[0]) : set;
    if (chosen === undefined || chosen === 'ok') return {};
    if (typeof chosen === 'string') {
      if (!(chosen in BEHAVIOURS)) throw new Error(`unknown behaviour ${chosen}`);
      return BEHAVIOURS[chosen];
    }
    return chosen;
  }

  async function answer(entry, response, socket) {
    const endpoint = endpointOf(entry);
    entry.endpoint = endpoint ?? 'unexpected';
    if (!endpoint) {
      unexpected.push(entry);
      entry.answer = { status: 404 };
      response.writeHead(404).end('not found');
      return;
    }
    let behaviour = behaviourFor(endpoint);
    if (behaviour.delay) {
      await new Promise((resolve) => setTimeout(resolve, behaviour.delay));
      behaviour = behaviour.then === undefined || behaviour.then === 'ok' ? {} : (BEHAVIOURS[behaviour.then] ?? behaviour.then);
    }
    if (behaviour.hang) { entry.answer = { hang: true }; return; }
    if (behaviour.reset) { entry.answer = { reset: true }; socket.rawSocket.resetAndDestroy(); return; }
    if (behaviour.endless) {
      entry.answer = { endless: true };
      response.writeHead(200, { 'content-type': 'application/json' });
      const pump = () => { while (!response.destroyed && response.write(' '.repeat(65536))); };
      response.on('drain', pump);
      pump();
      return;
    }
    if (behaviour.redirect) {
      entry.answer = { status: behaviour.status ?? 307 };
      response.writeHead(behaviour.status ?? 307, { location: behaviour.redirect }).end();
      return;
    }
    let result = behaviour.status ? behaviour : handlers[endpoint](entry);
    if (!behaviour.status && result.status === 200) {
      if (behaviour.merge) result = { ...result, json: { ...result.json, ...behaviour.merge } };
      if (behaviour.without) result = { ...result, json: Object.fromEntries(Object.entries(result.json).filter(([key]) => !behaviour.without.includes(key))) };
    }
    entry.answer = { status: result.status, json: result.json, ...(result.refused ? { refused: result.refused } : {}) };
    const text = result.text ?? JSON.stringify(result.json);
    if (fakes.onAnswer) response.on('finish', () => fakes.onAnswer?.(entry));
    response.writeHead(result.status, { 'content-type': 'application/json', ...result.headers, 'content-length': Buffer.byteLength(text) }).end(text);
  }

  const inner = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const socket = request.socket;
      const url = new URL(request.url, `https://${socket.fakeHost}`);
      const rawBody = Buffer.concat(chunks).toString('utf8');
      const entry = { n: requests.length + 1, at: Date.now(), via: socket.fakeVia, host: socket.fakeHost, method: request.method, path: url.pathname, query: pairs(url.searchParams),
        headers: { ...request.headers }, rawBody, body: decodeBody(rawBody, request.headers['content-type']) };
      requests.push(entry);
      response.on('close', () => { entry.closedAt = Date.now(); }); // answered, or given up by the server
      answer(entry, response, socket).catch((error) => { entry.answer = { crashed: error.message }; socket.destroy(); }).finally(() => onRequest?.(entry));
    });
  });
  inner.on('clientError', (error, socket) => socket.destroy());
  inner.keepAliveTimeout = 60000;

  function track(socket) {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }

  function proxy(via) {
    const server = http.createServer((request, response) => {
      unexpected.push({ via, host: request.headers.host, method: request.method, path: request.url, plain: true });
      response.writeHead(502).end('only CONNECT is served');
    });
    server.on('connection', track);
    server.on('connect', (request, socket, head) => {
      const [host, portText] = request.url.split(':');
      socket.on('error', () => {});
      if (!HOSTS.includes(host) || portText !== '443') {
        unexpected.push({ via, host, method: 'CONNECT', path: request.url });
        socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      const provider = Object.entries({ xai: ['auth.x.ai', 'accounts.x.ai', 'api.x.ai'], openrouter: ['openrouter.ai'], vertex: HOSTS.filter((name) => name.endsWith('aiplatform.googleapis.com')), anthropic: ['claude.ai', 'console.anthropic.com'], codex: ['auth.openai.com'], qwen: ['chat.qwen.ai'], iflow: ['iflow.cn'] }).find(([, hosts]) => hosts.includes(host))?.[0] ?? 'gemini';
      const secureContext = behaviours[`${provider}.tls`] === 'bad_certificate' ? authority.untrusted : authority.trusted;
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length) socket.unshift(head);
      const secure = new tls.TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
      Object.assign(secure, { fakeHost: host, fakeVia: via, rawSocket: socket });
      secure.on('error', () => {});
      inner.emit('connection', secure);
    });
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen(via === 'proxy-url' ? port : 0, '127.0.0.1', () => resolve(server));
    });
  }

  const main = await proxy('proxy-url');
  const environment = await proxy('environment');
  const proxyUrl = `http://127.0.0.1:${main.address().port}`;
  const envProxyUrl = `http://127.0.0.1:${environment.address().port}`;
  const noProxy = 'localhost,127.0.0.1,::1';

  const fakes = {
    proxyUrl,
    envProxyUrl,
    /** Environment of the server under test: trust in the test authority, and a proxy of its own for calls that ignore `proxy-url`. */
    env: { SSL_CERT_FILE: authority.caFile, NODE_EXTRA_CA_CERTS: authority.caFile, HTTP_PROXY: envProxyUrl, HTTPS_PROXY: envProxyUrl, http_proxy: envProxyUrl, https_proxy: envProxyUrl, NO_PROXY: noProxy, no_proxy: noProxy },
    requests,
    unexpected,
    secrets,
    clientIds,
    /** Called with the entry once an answer has left; for kills between an answer and its saving. */
    onAnswer: undefined,
    /** Makes a service account known to the fake Google; returns its JSON. `text` of the private key counts as a secret. */
    robot(made) {
      robots.set(made.json.client_email, { publicKey: made.publicKey, keyId: made.json.private_key_id });
      for (const line of made.json.private_key.split('\n')) if (line.length === 64) { remember('private_key', line); break; }
      return made.json;
    },
    /** Makes an access token of an earlier login known (inference with a stored file). */
    knowAccessToken(provider, token, account) { accessTokens.set(remember('old_access_token', token), { provider, account: { ...accountOf(provider), ...account } }); return token; },
    /** Requests of one endpoint ("codex.token") or one provider ("codex"). */
    sent: (name) => requests.filter(({ endpoint }) => endpoint === name || endpoint.startsWith(`${name}.`)),
    /**
     * Chooses what an endpoint does: "ok", a name of BEHAVIOURS, `{ status, json | text, headers }`, `{ merge }` or
     * `{ without }` on top of a good answer, `{ delay, then }`, `{ redirect, status }`, or a list of these, one per request.
     * `set('codex.tls', 'bad_certificate')` swaps the certificate of a provider's hosts.
     */
    set(endpoint, behaviour) {
      if (!(endpoint in handlers) && !/^\w+\.tls$/.test(endpoint)) throw new Error(`unknown endpoint ${endpoint}`);
      behaviours[endpoint] = Array.isArray(behaviour) ? [...behaviour] : behaviour;
    },
    /** Who logs in next: email, accountId, project, phone, claims; approved (qwen): the user has agreed before the first poll. */
    account(provider, fields) { accounts[provider] = fields; },
    /** Makes a refresh token known, as if it came from an earlier login. */
    knowRefreshToken(provider, token, account) { refreshTokens.set(remember('old_refresh_token', token), { provider, account: { ...accountOf(provider), ...account } }); return token; },

    /** What a provider would answer the browser: a fresh code bound to the authorize URL. */
    grant(authUrl, { code, userCode: typed, state: asked } = {}) {
      const url = new URL(authUrl);
      const provider = providerOf(url);
      const query = pairs(url.searchParams);
      if (['qwen', 'xai', 'codexdevice'].includes(provider)) { // the page of Codex wants the code typed in
        const device = [...devices.values()].find(({ userCode }) => userCode === (query.user_code ?? typed));
        if (!device) throw new Error(`no device code was issued for ${authUrl}`);
        return { provider, device };
      }
      if (provider === 'openrouter') { // no client id, no state of its own: whatever tells logins apart rides in callback_url
        if (!(query.code_challenge && query.code_challenge_method === 'S256')) throw new Error('authorize URL lacks an S256 code_challenge');
        const value = code ?? `fake-openrouter-code-${next()}`;
        codes.set(value, { provider, challenge: query.code_challenge, account: accountOf(provider) });
        remember('code', value);
        if (query.callback_url !== undefined) {
          const back = new URL(query.callback_url);
          if (back.protocol !== 'https:' && !(back.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(back.hostname))) throw new Error(`OpenRouter refuses the callback_url ${query.callback_url}`);
        }
        return { provider, redirectUri: query.callback_url, code: value, state: asked };
      }
      const redirectUri = query.redirect_uri ?? query.redirect;
      if (!redirectUri) throw new Error('authorize URL has no redirect_uri');
      if (PROVIDERS[provider].pkce && !(query.code_challenge && query.code_challenge_method === 'S256')) throw new Error('authorize URL lacks an S256 code_challenge');
      const value = code ?? `fake-${provider}-code-${next()}`;
      codes.set(value, { provider, redirectUri, state: query.state, challenge: query.code_challenge, account: accountOf(provider) });
      remember('code', value);
      remember('state', query.state);
      return { provider, redirectUri, code: value, state: query.state };
    },

    /**
     * Plays the browser and the user. Options:
     *   via        'port' (the redirect_uri itself) or 'server' (the server's own callback route, needs serverPort)
     *   deny       true: error=access_denied instead of a code
     *   code       the code to hand out;  suffix  text added to it in the callback ("#state" of Claude's page)
     *   state      another state in the callback;  omit  names left out of the callback, e.g. ['code']
     *   extra      more query parameters;  at  another path;  method;  headers;  provider  another provider's route
     * Resolves to { code, state, query, status, headers, body, hops }; `fakes.deliver` sends the same again.
     */
    async approve(authUrl, options = {}) {
      const granted = fakes.grant(authUrl, options);
      if (granted.device) {
        granted.device.decision = options.deny ? 'denied' : 'approved';
        return { device: granted.device };
      }
      if (granted.provider === 'openrouter') { // appends its answer to callback_url, whose own query stays
        if (granted.redirectUri === undefined) return granted; // the page shows the code instead
        const query = options.deny ? { error: 'access_denied', error_description: 'The user said no' } : { code: granted.code };
        const target = new URL(granted.redirectUri);
        if (options.at) target.pathname = options.at;
        for (const [name, value] of [...Object.entries(query), ...Object.entries(options.extra ?? {})]) if (!(options.omit ?? []).includes(name)) target.searchParams.append(name, value);
        for (const [from, to] of options.swap ?? []) target.href = target.href.replaceAll(from, to);
        if (options.redirectOnly) return { ...granted, redirect: target.href };
        return { ...granted, redirect: target.href, ...(await visit(target.href, { method: options.method, headers: options.headers })) };
      }
      const query = { code: granted.code + (options.suffix ?? ''), state: options.state ?? granted.state, ...options.extra };
      if (options.deny) { delete query.code; query.error = 'access_denied'; query.error_description = 'The user said no'; }
      for (const name of options.omit ?? []) delete query[name];
      const sent = { provider: options.provider ?? granted.provider, redirectUri: granted.redirectUri, query };
      return { ...granted, ...sent, ...(await fakes.deliver(sent, options)) };
    },

    /** Sends a callback: `{ provider, redirectUri?, query }`. Follows redirects on loopback only. */
    deliver({ provider, redirectUri, query }, { via = 'server', serverPort, at, method = 'GET', headers, address } = {}) {
      const { port: providerPort, callback, route } = PROVIDERS[provider];
      const target = new URL(via === 'port' ? (redirectUri ?? `http://localhost:${providerPort}${callback}`) : `http://127.0.0.1:${serverPort}${route}`);
      if (at) target.pathname = at;
      target.search = new URLSearchParams(query).toString();
      return visit(target.href, { method, headers, address });
    },

    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([main, environment].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return fakes;
}

/** The provider an authorize or verification URL belongs to. */
export function providerOf(authUrl) {
  const byHost = { 'accounts.x.ai': 'xai', 'auth.x.ai': 'xai', 'openrouter.ai': 'openrouter', 'claude.ai': 'anthropic', 'auth.openai.com': 'codex', 'accounts.google.com': 'gemini', 'chat.qwen.ai': 'qwen', 'iflow.cn': 'iflow' };
  const { protocol, host, pathname } = new URL(authUrl);
  if (host === 'auth.openai.com' && pathname === '/codex/device') return 'codexdevice';
  if (protocol !== 'https:' || !byHost[host]) throw new Error(`${authUrl} is no provider's authorize URL`);
  return byHost[host];
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A browser's GET with redirects, restricted to loopback. Rejects with the socket error if nothing listens. */
export async function visit(href, { method = 'GET', headers = {}, address, limit = 5, timeout = 10000 } = {}) {
  const hops = [];
  for (let url = new URL(href), redirects = 0; ; redirects++) {
    if (!LOOPBACK.has(url.hostname)) throw new Error(`refusing to leave this machine for ${url.host}`);
    const answer = await new Promise((resolve, reject) => {
      const request = http.request({ host: address ?? (url.hostname === '[::1]' ? '::1' : '127.0.0.1'), port: url.port, path: url.pathname + url.search, method, agent: false, timeout,
        headers: { host: url.host, 'user-agent': 'Mozilla/5.0 (conformance browser)', accept: 'text/html', ...headers } }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      });
      request.on('timeout', () => request.destroy(new Error(`no answer from ${url.host} within ${timeout} ms`)));
      request.on('error', reject);
      request.end();
    });
    hops.push({ url: url.href, status: answer.status, location: answer.headers.location });
    if (answer.status < 300 || answer.status >= 400 || !answer.headers.location) return { ...answer, hops };
    if (redirects >= limit) throw new Error('too many redirects');
    url = new URL(answer.headers.location, url);
  }
}

// ---------------------------------------------------------------------------------------------
// Command

async function command(argv) {
  const authority = createAuthority();
  let port = 0;
  const presets = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--port') port = Number(argv[++i]);
    else if (argv[i] === '--set') presets.push(argv[++i].split(/=(.*)/s).slice(0, 2));
    else throw new Error(`unknown option ${argv[i]}`);
  }
  const fakes = await startFakeProviders({ authority, port, onRequest: ({ via, endpoint, method, host, path: at, query, body, answer }) => console.log(JSON.stringify({ via, endpoint, method, url: `https://${host}${at}`, query, body, answer })) });
  const set = (endpoint, text) => fakes.set(endpoint, text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text);
  for (const [endpoint, text] of presets) set(endpoint, text);
  console.log(`proxy-url: ${fakes.proxyUrl}`);
  for (const [name, value] of Object.entries(fakes.env)) console.log(`export ${name}=${value}`);
  console.log('commands: approve URL [SERVER_PORT] | deny URL [SERVER_PORT] | set ENDPOINT BEHAVIOUR | quit   (without SERVER_PORT the provider\'s own callback port is used)');
  const lines = readline.createInterface({ input: process.stdin });
  for await (const line of lines) {
    const [verb, subject, ...rest] = line.trim().split(/\s+/);
    try {
      if (verb === 'quit') break;
      else if (verb === 'set') set(subject, rest.join(' '));
      else if (verb === 'approve' || verb === 'deny') {
        const result = await fakes.approve(subject, { deny: verb === 'deny', via: rest[0] ? 'server' : 'port', serverPort: rest[0] });
        console.log(JSON.stringify({ delivered: result.status ?? 'device', hops: result.hops }));
      } else if (verb) console.log('approve, deny, set or quit');
    } catch (error) { console.log(`failed: ${error.message}`); }
  }
  await fakes.close();
  authority.remove();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await command(process.argv.slice(2));
