// The gateway: serves clients of the OpenAI, Anthropic and Gemini formats from the configured keys and accounts.
import { createHash, randomBytes } from 'node:crypto';
import { durationMs } from '../../src-shared/duration.ts';
import { Problem } from '../../src-shared/problem.ts';
import { LearnedModels } from '../accounts/learned-models.ts';
import { systemClock } from '../lib/time/clock.ts';
import { providers } from '../providers/index.ts';
import { VendorCatalogue } from './catalogue/vendor-catalogue.ts';
import { isGatewayPath } from './client/routes.ts';
import { ClientAccess } from './client-access.ts';
import { EntryPoint } from './entry-point.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import { conversationOf } from './kept-responses/continuation.ts';
import { ResponseStore } from './kept-responses/response-store.ts';
import { SignatureCache } from './model/reasoning/signature-cache.ts';
import { ClientLimits } from './policies/client-limits.ts';
import { clientUsage } from './policies/client-usage.ts';
import { Clients } from './policies/clients.ts';
import { explainRoute } from './policies/explain-route.ts';
import { type LimitObserver, limitHolder } from './records/limit-observer.ts';
import { Recordings } from './records/recordings.ts';
import type { RequestServices } from './request/request-context.ts';
import { RequestLogger } from './request-logs/request-log.ts';
import { PlaceQueue } from './routing/bounds/place-queue.ts';
import { Places } from './routing/bounds/places.ts';
import { describeCooldowns, publicId } from './routing/cooldown-rows.ts';
import { Cooldowns } from './routing/cooldowns.ts';
import { LivePool } from './routing/live-pool.ts';
import type { LimitSource } from './routing/order/limit-room.ts';
import { Selector } from './routing/order/selector.ts';
import { listedNameOf } from './routing/route/elements.ts';
import { SavedCooldowns } from './routing/saved-cooldowns.ts';
import { MemoryBindings } from './routing/sessions/memory-bindings.ts';
import { SharedBindings } from './routing/sessions/shared-bindings.ts';
import { RunningRequests } from './running-requests.ts';
import { Owners } from './service-routes/owners.ts';
import { SocketServer } from './sockets/socket-server.ts';
import { SocketTries } from './sockets/upstream-connection.ts';
import { KeyTraffic } from './usage/key-traffic.ts';
import { RecentRequests } from './usage/recent-requests.ts';

/** A session that is forgotten sooner is none. Milliseconds. */
const minTtlMs = 1_000;

const noLimits: LimitSource & LimitObserver = { windowsOf: () => [], seen: () => undefined, keepOnly: () => {} };

export function createGateway(options: GatewayOptions): Gateway {
  const { config, accounts, dispatchers, log, version, usage, clock = systemClock, limits = noLimits } = options;
  const cooldowns = new Cooldowns(clock, (error) => log.error(`a listener to cooldowns failed: ${String(error)}`));
  const traffic = new KeyTraffic(clock);
  const recent = new RecentRequests(clock, (error) =>
    log.error(`a listener to recent requests failed: ${String(error)}`),
  );
  const requestLogger = new RequestLogger({ folder: options.logFolder, clock, log, version });
  const running = new RunningRequests(clock);
  const learned = options.learned ?? new LearnedModels({ clock, log });
  const pool = new LivePool({
    config: () => config.current.config,
    keyOrder: () => config.current.keyOrder ?? [],
    accounts: () => accounts.list(),
    clock,
    dispatchers,
    providers: options.providers ?? providers,
    learned,
  });
  const queue = new PlaceQueue(clock);
  const places = new Places(clock, () => queue.serve());
  const bindings = new MemoryBindings(clock);
  const selector = new Selector({ clock, cooldowns, limits });
  const { counters, slots } = options;
  const clientLimits = new ClientLimits({ counters, slots, clock, log });
  let clients = new Clients(config.current.config, options.keyId);
  const services: RequestServices = {
    clock,
    random: Math.random,
    newId: (prefix) => `${prefix}${randomBytes(12).toString('hex')}`,
    signatures: new SignatureCache(),
    log,
    dispatchers,
    accounts,
    cooldowns,
    selector,
    places,
    queue,
    slots: options.slots,
    bindings: options.bindingClaims === undefined ? bindings : new SharedBindings(bindings, options.bindingClaims),
    learned,
    clientLimits,
    userAgent: `cli-proxy-desktop/${version}`,
    onResponse: (candidate, status, headers) =>
      limits.seen(limitHolder(candidate), { status, headers, model: candidate.model }),
    onAttempt: ({ credential }, ok) => traffic.count(credential, ok),
  };
  const { instance } = options;
  const recordings = new Recordings({
    clock: instance === undefined ? clock : { ...clock, now: instance.now },
    instance: instance?.name,
    sink: options.requests,
    observer: options.observer,
    config: () => config.current.config,
    credentials: () => pool.current.credentials,
    keyId: options.keyId,
  });
  const store = new ResponseStore(config.current.config['responses-store']);
  const digest =
    options.credentialDigest ?? ((id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32));
  const access = new ClientAccess({ config, clock, clients: () => clients });
  const sockets: SocketServer = new SocketServer({
    clock,
    newId: services.newId,
    tries: new SocketTries(clock),
    rejection: (request) => access.rejectionOf(request),
    conversationOf: (request, id, socket) => conversationOf(id, { store, clientKey: access.keyOf(request), socket }),
    run: (request, response, turn) => running.run(response, (signal) => entry.handle(request, response, signal, turn)),
  });
  const entry: EntryPoint = new EntryPoint({
    ...{ services, config, pool, running, requestLogger, usage, recent, recordings, version },
    access,
    owners: new Owners({ digest, store: options.ownerStore, log }),
    store,
    sockets,
    usageQueue: options.usageQueue,
    catalogue: new VendorCatalogue({ ...services, proxyUrl: () => config.current.config['proxy-url'] }),
    providers: options.providers ?? providers,
  });
  const saved =
    options.cooldownStore &&
    new SavedCooldowns({
      ...{ cooldowns, clock, log },
      store: options.cooldownStore,
      credentials: () => pool.current.credentials,
      digest,
      isEnabled: () => config.current.config['save-cooldown-status'],
    });
  const configure = () => {
    const { routing } = config.current.config;
    const ttlMs = Math.max(durationMs(routing['session-affinity-ttl'].trim()) ?? 0, minTtlMs);
    bindings.configure({ ttlMs, max: routing['session-affinity-max'] });
    places.reload(pool.current.credentials);
  };
  configure();
  limits.keepOnly(new Set(pool.current.credentials.map(({ id }) => id)));
  const reload = () => {
    const credentialIds = pool.reload();
    cooldowns.keepOnly(credentialIds);
    traffic.keepOnly(credentialIds);
    selector.keepOnly(credentialIds);
    void saved?.save();
    limits.keepOnly(credentialIds);
    configure();
    clients = new Clients(config.current.config, options.keyId);
    access.reload();
    store.configure(config.current.config['responses-store']);
  };
  const subscriptions = [config.onChange(reload), accounts.onChange(reload), learned.onChange(reload)];

  return {
    claims: isGatewayPath,
    handle: (request, response) => running.run(response, (signal) => entry.handle(request, response, signal)),
    upgrades: {
      accepts: (request) => entry.acceptsSocket(request),
      handle: (request, socket, head) => sockets.open(request, socket, head, access.keyOf(request)),
    },
    close: async ({ graceMs }) => {
      for (const unsubscribe of subscriptions) unsubscribe();
      await Promise.all([running.close(graceMs), sockets.close(graceMs)]);
      await saved?.close();
      await requestLogger.close();
    },
    keyUsage: () => traffic.rows(pool.current.credentials),
    models: () => pool.current.models.map(({ name }) => name),
    listedModel: (name) => listedNameOf(pool.current, name),
    load: () => ({ running: running.size, queued: queue.size }),
    recentRequests: () => recent.list(),
    onRecentRequests: (listener) => recent.onChange(listener),
    cooldowns: () => describeCooldowns(cooldowns.list(), pool.current.credentials),
    onCooldowns: (listener) => cooldowns.onChange(listener),
    restoreCooldowns: async () => saved?.restore(),
    explainRoute: (query) =>
      explainRoute(query, {
        ...{ selector, cooldowns, places, bindings, clients, clientLimits },
        config: config.current.config,
        pool: pool.current,
        unrestricted: () => pool.unrestricted(),
        now: clock.now(),
      }),
    clientUsage: () => clientUsage(clients.all, clientLimits),
    resetCooldown: (id, actor) => {
      const named = pool.current.credentials.find((one) => publicId(one) === id);
      if (id !== undefined && named === undefined) throw new Problem('item_not_found');
      const ended = cooldowns.reset(named?.id);
      if (named === undefined || named.account !== undefined) accounts.endCooldown(named?.account?.name, actor);
      return ended.length;
    },
    resetQuota: (authIndex, actor) => {
      const named = pool.current.credentials.find((one) => one.authIndex === authIndex);
      const name = named?.account?.name ?? accounts.list().find((one) => one.index === authIndex)?.name;
      if (named === undefined && name === undefined) throw new Problem('auth_not_found');
      if (name !== undefined) accounts.endCooldown(name, actor);
      return named === undefined ? [] : cooldowns.reset(named.id);
    },
  };
}
