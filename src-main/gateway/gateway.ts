// The gateway: answers clients of the OpenAI, Anthropic and Gemini forms from the configured keys and accounts.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Cooldown } from '../../src-shared/contract/cooldowns.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { UsageStore } from '../usage/usage-store.ts';
import { ClientKeys } from './client/client-keys.ts';
import { BadRequest, readClientRequest } from './client/client-request.ts';
import { ClientAnswer } from './client/client-response.ts';
import { corsHeaders } from './client/cors.ts';
import { describeModel, describeModels, shapeOf } from './client/model-lists.ts';
import { dropRest, readBody } from './client/read-body.ts';
import { formatOfPath, isGatewayPath, type Route, routeOf } from './client/routes.ts';
import { formats } from './formats/formats.ts';
import { SignatureCache } from './model/signature-cache.ts';
import type { AccountSource, ConfigSource } from './ports.ts';
import { execute } from './request/handle-request.ts';
import type { ExecuteContext } from './request/request-context.ts';
import { RequestLogger } from './request-logs/request-log.ts';
import { Cooldowns } from './routing/cooldown.ts';
import { describeCooldowns, publicId } from './routing/cooldown-rows.ts';
import { buildPool, type Pool } from './routing/pool.ts';
import { resolve } from './routing/resolver.ts';
import { Selector } from './routing/selector.ts';
import { UpstreamModels } from './routing/upstream-models.ts';
import { KeyTraffic, type KeyTrafficRows } from './usage/key-traffic.ts';
import { usageRecord } from './usage/usage-record.ts';

export interface GatewayOptions {
  readonly config: ConfigSource;
  readonly accounts: AccountSource;
  readonly dispatchers: Dispatchers;
  readonly usage: Pick<UsageStore, 'record'>;
  readonly log: Logger;
  /** Where logs of single requests go. */
  readonly logFolder: string;
  readonly clock?: Clock;
  readonly version: string;
}

export interface Gateway {
  /** Whether requests for this path, with or without query, are the gateway's. */
  claims(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes no new requests; those that still run after `graceMs` are told so in their own form. */
  close(options: { readonly graceMs: number }): Promise<void>;
  /** For `GET /api-key-usage`. */
  keyUsage(): KeyTrafficRows;
  /** Keys and accounts that rest. */
  cooldowns(): readonly Cooldown[];
  onCooldowns(listener: () => void): Disposer;
  /** Ends the rests of one key or account file, or of all; how many ended. Throws Problem `item_not_found`. */
  resetCooldown(id: string | undefined, actor: Actor): number;
}

export function createGateway(options: GatewayOptions): Gateway {
  return new LlmGateway(options);
}

const shuttingDown = { status: 503, message: 'The server is shutting down.' };

class LlmGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #clock: Clock;
  readonly #cooldowns: Cooldowns;
  readonly #traffic: KeyTraffic;
  readonly #requestLogger: RequestLogger;
  readonly #upstreamModels: UpstreamModels;
  readonly #context: ExecuteContext;
  readonly #baseHeaders: Readonly<Record<string, string>>;
  readonly #running = new Set<AbortController>();
  readonly #stop: readonly Disposer[];
  #pool: Pool;
  #keys: ClientKeys;
  #keyList: readonly string[];
  #isClosing = false;
  #allDone: (() => void) | undefined;

  constructor(options: GatewayOptions) {
    const { config, accounts, dispatchers, log, version } = options;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#cooldowns = new Cooldowns(this.#clock, (error) => log.error(`a listener to rests failed: ${String(error)}`));
    this.#traffic = new KeyTraffic(this.#clock);
    const { logFolder: folder } = options;
    this.#requestLogger = new RequestLogger({ folder, clock: this.#clock, log, version });
    this.#baseHeaders = { ...corsHeaders, 'x-cpa-version': version };
    this.#context = {
      clock: this.#clock,
      random: Math.random,
      newId: (prefix) => `${prefix}${randomBytes(12).toString('hex')}`,
      opaque: new SignatureCache(),
      log,
      dispatchers,
      accounts,
      cooldowns: this.#cooldowns,
      selector: new Selector(),
      userAgent: `cli-proxy-desktop/${version}`,
      onAttempt: ({ credential }, ok) => this.#traffic.count(credential, ok),
    };
    this.#upstreamModels = new UpstreamModels({
      clock: this.#clock,
      dispatchers,
      proxyUrl: () => config.current.config['proxy-url'],
      onLearned: () => {
        this.#pool = this.#buildPool();
      },
    });
    this.#pool = this.#buildPool();
    this.#keyList = config.current.config['api-keys'];
    this.#keys = new ClientKeys(this.#keyList);
    this.#stop = [config.onChange(() => this.#reload()), accounts.onChange(() => this.#reload())];
  }

  claims(path: string): boolean {
    return isGatewayPath(path);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const controller = new AbortController();
    this.#running.add(controller);
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
    this.#answer(request, response, controller.signal)
      .catch((error: unknown) => {
        if (!response.destroyed) this.#options.log.error(`a request failed: ${(error as Error).stack}`);
        response.destroy();
      })
      .finally(() => {
        this.#running.delete(controller);
        if (this.#running.size === 0) this.#allDone?.();
      });
  }

  async close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    this.#isClosing = true;
    for (const stop of this.#stop) stop();
    if (this.#running.size > 0) {
      await new Promise<void>((resolve) => {
        this.#allDone = resolve;
        this.#clock.after(graceMs, () => {
          for (const controller of this.#running) controller.abort();
        });
      });
    }
    await this.#requestLogger.close();
  }

  keyUsage(): KeyTrafficRows {
    return this.#traffic.rows(this.#pool.credentials);
  }

  cooldowns(): readonly Cooldown[] {
    return describeCooldowns(this.#cooldowns.list(), this.#pool.credentials);
  }

  onCooldowns(listener: () => void): Disposer {
    return this.#cooldowns.onChange(listener);
  }

  resetCooldown(id: string | undefined, actor: Actor): number {
    const named = this.#pool.credentials.find((one) => publicId(one) === id);
    if (id !== undefined && named === undefined) throw new Problem('item_not_found');
    const ended = this.#cooldowns.reset(named?.id);
    if (named === undefined || named.account !== undefined) this.#options.accounts.wake(named?.account?.name, actor);
    return ended;
  }

  #buildPool(): Pool {
    const { config, accounts } = this.#options;
    return buildPool(config.current.config, accounts.list(), this.#upstreamModels.known);
  }

  /** Requests under way go on with what they began with. */
  #reload(): void {
    this.#pool = this.#buildPool();
    const ids = new Set(this.#pool.credentials.map(({ id }) => id));
    this.#cooldowns.keepOnly(ids);
    this.#traffic.keepOnly(ids);
    this.#upstreamModels.keepOnly(ids);
    const keys = this.#options.config.current.config['api-keys'];
    if (isDeepStrictEqual(keys, this.#keyList)) return;
    this.#keyList = keys;
    this.#keys = new ClientKeys(keys);
  }

  async #answer(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const answer = new ClientAnswer(response, this.#clock, this.#baseHeaders);
    const form = formats[formatOfPath(path)];
    if (this.#isClosing) return answer.sendFault(form, shuttingDown);
    const access = this.#keys.check(request, query);
    if (request.method === 'OPTIONS') {
      // Without keys a page of another site gets no answer at all, not even to a preflight.
      const isRefused = !access.granted && access.status === 403;
      return isRefused ? answer.sendFault(form, access) : answer.send(204, {}, '');
    }
    const route = routeOf(request.method ?? '', path);
    if (route === undefined) return noRoute(request, path, answer);
    const isList = route.kind === 'models' || route.kind === 'model';
    if (!access.granted) {
      const { status, message } = access;
      return isList ? answer.sendJson(status, { error: message }) : answer.sendFault(form, access);
    }
    if (isList) return this.#list(route, request, answer);
    const api = access.key ?? `${request.method} ${path}`;
    await this.#generate(route, { request, response, query, answer, signal, api });
    if (signal.aborted && !response.destroyed) answer.sendFault(form, shuttingDown);
  }

  #list(route: Extract<Route, { kind: 'models' | 'model' }>, request: IncomingMessage, answer: ClientAnswer): void {
    const shape = shapeOf(route.format, request.headers);
    const model = route.kind === 'model' ? this.#pool.offers(route.model)[0]?.model : undefined;
    if (route.kind === 'models') answer.sendJson(200, describeModels(this.#pool.models, shape));
    else if (model !== undefined) answer.sendJson(200, describeModel(model, shape));
    else {
      const message = `There is no model ${route.model} here.`;
      const form = formats[shape === 'anthropic' ? 'messages' : route.format];
      answer.sendFault(form, { status: 404, message, code: 'model_not_found' });
    }
  }

  async #generate(route: Extract<Route, { kind: 'generate' | 'count' }>, call: Call): Promise<void> {
    const { request, response, query, answer, signal, api } = call;
    const form = formats[route.format];
    const started = this.#clock.now();
    const read = await readBody(request).catch(() => undefined);
    if (read === undefined) return void response.destroy();
    if (!read.ok) {
      answer.sendFault(form, read);
      return dropRest(request, this.#clock);
    }
    let clientRequest: ReturnType<typeof readClientRequest>;
    try {
      clientRequest = readClientRequest(route, read.body, query, this.#context.newId);
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      return answer.sendFault(form, { status: 400, message: error.message });
    }
    const { config } = this.#options.config.current;
    const requestLog = this.#requestLogger.open(request, {
      all: config['request-log'],
      maxTotalMb: config['logs-max-total-size-mb'],
    });
    requestLog.body(read.body.pieces);
    if (resolve(this.#pool, clientRequest.model).offers.length === 0) {
      await this.#upstreamModels.ask(this.#pool.credentials);
    }
    answer.watch(requestLog);
    const outcome = await execute(this.#context, {
      request: clientRequest,
      headers: request.headers,
      answer,
      signal,
      config,
      pool: this.#pool,
      requestLog,
    });
    requestLog.finish(outcome.failed && outcome.source !== undefined && !signal.aborted);
    if (outcome.source === undefined || route.kind === 'count') return;
    this.#options.usage.record(usageRecord(outcome, outcome.source, { api, started }));
  }
}

/** Whether there is such a path is no secret: no key is needed to hear of it. */
function noRoute({ method }: IncomingMessage, path: string, answer: ClientAnswer): void {
  // Google's SDKs find the method they asked for in their own kind of error.
  const isGemini = method === 'POST' && path.startsWith('/v1beta/models/');
  if (isGemini) answer.sendFault(formats.gemini, { status: 404, message: `${path} not found.` });
  else answer.send(404, { 'content-type': 'text/plain' }, '404 page not found');
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: string;
  readonly answer: ClientAnswer;
  readonly signal: AbortSignal;
  readonly api: string;
}
