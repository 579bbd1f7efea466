// One client request from the model's name to the response.

import { modelPrice } from '../../models/model-price.ts';
import type { ClientRequest } from '../client/client-request.ts';
import { formats } from '../formats/formats.ts';
import { encodeEstimate } from '../formats/token-counting.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { RequestError } from '../model/errors/request-error.ts';
import { estimateTokens } from '../model/estimate.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Client } from '../policies/clients.ts';
import { type Access, accessTo, priceCheck } from '../policies/model-access.ts';
import { routeRows } from '../policies/route-rows.ts';
import { tokensOf } from '../records/record-tokens.ts';
import { costOf } from '../records/request-cost.ts';
import type { Candidate } from '../routing/credential.ts';
import type { Pool } from '../routing/pool.ts';
import { type Elements, elementsOf, withOffers } from '../routing/route/elements.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';
import type { Session } from '../routing/sessions/sessions.ts';
import { allCoolingDown, clientError, modelUnavailable, withRetryAfter } from './error-responses.ts';
import { CandidateOrder } from './order/candidate-order.ts';
import { openSessionOf } from './order/request-session.ts';
import type { Outcome, RequestContext, RequestServices } from './request-context.ts';
import { RequestRunner } from './request-runner.ts';

/** The client has its response, or has left, when this is done. */
export async function handleRequest(services: RequestServices, context: RequestContext): Promise<Outcome> {
  const { request, client, pool, config, recording } = context;
  const asked = routeOf(pool, request);
  const { chain, model } = asked;
  if (chain !== undefined) recording.followsChain(chain);
  const reject = (error: UpstreamError) => rejected(context, asked, error);
  const hasRoute = (access: Pick<Access, 'rejected'>, order?: CandidateOrder) =>
    noteRoute(services, context, { asked, access, order });
  if (isOwned(request) && limitsModels(client)) return reject(notHeldToRules);
  const access = accessTo(asked, client.policy, priceCheck(config));
  if (access.error !== undefined) {
    hasRoute(access);
    return reject(access.error);
  }
  if (access.elements.every(({ candidates }) => candidates.length === 0)) {
    hasRoute(access);
    const isKnown = asked.elements.some(({ resolved }) => resolved.offers.length > 0) || isOwned(request);
    if (request.action === 'service' && isKnown) return reject(request.notServed());
    // A client that has left gets nothing, whenever that is.
    await context.throttleUnknownModel().catch(() => {});
    return reject(modelUnavailable(request.model, pool, services.accounts.list()));
  }
  const left = await services.clientLimits.enter(client);
  if (typeof left !== 'function') return reject(left);
  try {
    const reserving = request.action === 'count' ? uncounted : services.clientLimits.reserve(client);
    const reserved = reserving instanceof Promise ? await reserving : reserving;
    if ('error' in reserved) return reject(reserved.error);
    const { reservation } = reserved;
    let runner: RequestRunner | undefined;
    let outcome: Outcome | undefined;
    try {
      const ordered = orderOf(services, context, { chain, model, elements: access.elements });
      const order = ordered instanceof Promise ? await ordered : ordered;
      hasRoute(access, order);
      runner = new RequestRunner(services, context, order);
      outcome = await answer(services, context, { asked, order, runner });
      return outcome;
    } finally {
      // However it ended, by an error of our own too.
      if (runner?.hasAsked !== true) await reservation?.giveBack();
      else await reservation?.book(usedBy(outcome ?? { model, chain, ...runner.outcome }, context));
    }
  } finally {
    left();
  }
}

const uncounted = { reservation: undefined };

function rejected(
  { request, response }: RequestContext,
  { model, chain }: Elements,
  error: UpstreamError,
  candidate?: Candidate,
): Outcome {
  response.sendError(request.format, error);
  return { model, chain, source: undefined, usage: undefined, failed: true, error, candidate };
}

/** The candidates at this moment, for the record. Without an order nobody was to be asked. */
function noteRoute(
  services: RequestServices,
  context: RequestContext,
  { asked, access, order }: { asked: Elements; access: Pick<Access, 'rejected'>; order?: CandidateOrder | undefined },
): void {
  const { request, pool, config, recording, unrestricted } = context;
  if (!config['request-history'].enabled) return;
  const { selector, cooldowns, places } = services;
  const { all: ordered = [], bound } = order ?? {};
  const question = { asked, model: request.model, access, ordered, bound, strategy: config.routing.strategy };
  recording.hasRoute(routeRows(question, { selector, cooldowns, places, pool, unrestricted }));
}

/** What a request used of limits on tokens and costs. */
function usedBy({ usage, estimated, candidate }: Outcome, { request, config }: RequestContext) {
  const tokens = tokensOf(estimated ?? usage);
  const question = { sent: candidate?.model ?? '', asked: request.model, inputTokens: tokens.input ?? 0 };
  const price = modelPrice(question, config);
  const cost = price === undefined ? 0 : (costOf(tokens, price, usage?.seconds) ?? 0);
  return { tokens: (tokens.input ?? 0) + (tokens.output ?? 0), cost };
}

/** Without a wait where there is none: requests of one session that come together find each other's choice. */
function orderOf(services: RequestServices, context: RequestContext, { model, elements }: Elements) {
  const { config, client, headers, signal } = context;
  const orderWith = (session: Session | undefined) =>
    new CandidateOrder(services, { elements, config, client: client.id, session, signal });
  const { request } = context;
  const session =
    request.action === 'service' ? undefined : openSessionOf(services, { client, config, headers, request }, model);
  if (session instanceof Promise) return session.then(orderWith);
  const order = orderWith(session);
  return session?.claim === undefined ? order : claimed(services, order, session, () => orderWith(session));
}

/** Where instances share sessions, a new one, or one that lost its candidate, is bound before anything is sent. */
function claimed(
  { selector }: RequestServices,
  order: CandidateOrder,
  session: Session,
  orderAgain: () => CandidateOrder,
): CandidateOrder | Promise<CandidateOrder> {
  const { bound } = session;
  const [first] = order.askable;
  const isHere = bound !== undefined && order.all.some((candidate) => selector.isHome(candidate, bound));
  if (first === undefined || isHere || session.claim === undefined) return order;
  return session.claim(first).then(() => {
    if (session.bound?.key === first.key) selector.chosen(first, order.all);
    return orderAgain();
  });
}

interface Asking {
  readonly asked: Elements;
  readonly order: CandidateOrder;
  readonly runner: RequestRunner;
}

async function answer(
  services: RequestServices,
  context: RequestContext,
  { asked, order, runner }: Asking,
): Promise<Outcome> {
  const { request } = context;
  const { model, chain } = asked;
  const candidates = isOwned(request) ? order.all.slice(0, 1) : makerFirst(request, order.askable);
  if (candidates.length === 0) {
    const [first] = order.all;
    const error = allCoolingDown(model, order.all, services.cooldowns, services.clock.now());
    const outcome = rejected(context, asked, error, first);
    // What it is cooling down for is the cause, whatever the client is told.
    const cause = first && services.cooldowns.of(first);
    return cause ? { ...outcome, error: { ...error, status: cause.status } } : outcome;
  }
  try {
    if (request.action === 'count' && !canCount(candidates[0])) return estimate(request, context, asked);
    if (request.action === 'service') request.choose(candidates);
    const error = await runWhereExpressible(runner, request, candidates);
    if (error === undefined) return { model, chain, ...runner.outcome };
    if (request.action === 'count' && isNotServed(error)) return estimate(request, context, asked);
    sendAttemptError(
      context,
      isOwned(request)
        ? error
        : clientError(withRetryAfter(error, order.all, services.cooldowns, services.clock.now()), model),
    );
    return { model, chain, ...runner.outcome, failed: true, error };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { status, message, code, param } = error;
    const named = { ...(code !== undefined && { code }), ...(param !== undefined && { param }) };
    return rejected(context, asked, { status, message, ...named });
  }
}

/** A route beside the formats' own has a say in who can answer it. */
const routeOf = (pool: Pool, request: RequestContext['request']): Elements =>
  request.action === 'service'
    ? withOffers(elementsOf(pool, request.model), (offers) => request.offers(pool, offers))
    : elementsOf(pool, request.model);

/** A request that cannot be said in one upstream's format may still go to those that speak the client's own. */
async function runWhereExpressible(
  runner: RequestRunner,
  { format }: Pick<ClientRequest, 'format'>,
  candidates: readonly RoutedCandidate[],
) {
  try {
    return await runner.run(candidates);
  } catch (error) {
    const others = candidates.filter(({ credential }) => formats[credential.upstream.format].family === format.family);
    if (!(error instanceof RequestError) || others.length === 0) throw error;
    return runner.run(others);
  }
}

/** What one credential has begun, that one goes on with, if it can. */
function makerFirst(
  request: RequestContext['request'],
  candidates: readonly RoutedCandidate[],
): readonly RoutedCandidate[] {
  const maker = request.action === 'service' ? request.maker : request.continuation?.maker;
  const found = candidates.find(({ credential }) => credential.id === maker);
  return found === undefined ? candidates : [found, ...candidates.filter((one) => one !== found)];
}

/** A key that was named or made what is asked for: no other is tried, and its errors are the client's. */
const isOwned = (request: RequestContext['request']): boolean => request.action === 'service' && request.isOwned;

/** What is in a batch, and what it costs, is not seen here. */
const limitsModels = ({ policy }: Client): boolean =>
  policy?.models !== undefined ||
  policy?.['excluded-models'] !== undefined ||
  policy?.limits?.some(({ tokens, cost }) => tokens !== undefined || cost !== undefined) === true;

const notHeldToRules: UpstreamError = { status: 403, message: "Files and batches cannot be held to this key's rules." };

const canCount = (candidate: Candidate | undefined) => candidate?.credential.upstream.counts === true;

/** Servers that speak a format do not always count in it. */
const isNotServed = ({ status }: AttemptError) => status === 404 || status === 405 || status === 501;

function estimate(request: ClientRequest, { response }: RequestContext, { model, chain }: Elements): Outcome {
  response.sendJson(200, encodeEstimate(request.format, estimateTokens(request.decoded())));
  return { model, chain, source: undefined, usage: undefined, failed: false };
}

/** An error body that the client's own service could have sent is passed on as it is. */
function sendAttemptError({ request, response }: RequestContext, error: AttemptError): void {
  const { body, bodyFamily, retryAfter } = error;
  response.setUpstreamHeaders(error.clientHeaders ?? {});
  if (body === undefined || bodyFamily !== request.format.errorFamily) {
    response.sendError(request.format, error);
    return;
  }
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) };
  response.send(error.status, { 'content-type': 'application/json', ...headers }, body);
}
