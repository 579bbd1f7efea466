// One client request from the model's name to the response.
import type { ClientRequest } from '../client/client-request.ts';
import { formats } from '../formats/formats.ts';
import { encodeEstimate } from '../formats/token-counting.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { RequestError } from '../model/errors/request-error.ts';
import { estimateTokens } from '../model/estimate.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Candidate } from '../routing/credential.ts';
import { elementsOf } from '../routing/route/elements.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';
import { CandidateOrder } from './candidate-order.ts';
import { allCoolingDown, clientError, modelUnavailable, withRetryAfter } from './error-responses.ts';
import type { Outcome, RequestContext, RequestServices } from './request-context.ts';
import { RequestRunner } from './request-runner.ts';
import { openSessionOf } from './request-session.ts';

/** The client has its response, or has left, when this is done. */
export async function handleRequest(services: RequestServices, context: RequestContext): Promise<Outcome> {
  const { request, response, pool } = context;
  const { chain, model: name, elements } = elementsOf(pool, request.model);
  const reject = (error: UpstreamError, candidate?: Candidate): Outcome => {
    response.sendError(request.format, error);
    return { model: name, chain, source: undefined, usage: undefined, failed: true, error, candidate };
  };
  if (elements.every(({ candidates }) => candidates.length === 0)) {
    // A client that has left gets nothing, whenever that is.
    await context.throttleUnknownModel().catch(() => {});
    return reject(modelUnavailable(request.model, pool, services.accounts.list()));
  }
  if (chain !== undefined) context.recording.followsChain(chain);
  const { config, client, signal } = context;
  const opened = openSessionOf(services, context, name);
  const session = opened instanceof Promise ? await opened : opened;
  const order = new CandidateOrder(services, { elements, config, client, session, signal });
  const candidates = order.askable;
  if (candidates.length === 0) {
    const outcome = reject(allCoolingDown(name, order.all, services.cooldowns, services.clock.now()), order.all[0]);
    // What it is cooling down for is the cause, whatever the client is told.
    const cause = order.all[0] && services.cooldowns.of(order.all[0]);
    return outcome.error && cause ? { ...outcome, error: { ...outcome.error, status: cause.status } } : outcome;
  }
  try {
    if (request.action === 'count' && !canCount(candidates[0])) return estimate(context, name, chain);
    const runner = new RequestRunner(services, context, order);
    const error = await runWhereExpressible(runner, request, candidates);
    if (error === undefined) return { model: name, chain, ...runner.outcome };
    if (request.action === 'count' && isNotServed(error)) return estimate(context, name, chain);
    sendAttemptError(
      context,
      clientError(withRetryAfter(error, order.all, services.cooldowns, services.clock.now()), name),
    );
    return { model: name, chain, ...runner.outcome, failed: true, error };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return reject({ status: 400, message: error.message, ...(error.code === undefined ? {} : { code: error.code }) });
  }
}

/** A request that cannot be said in one upstream's format may still go to those that speak the client's own. */
async function runWhereExpressible(
  runner: RequestRunner,
  { format }: ClientRequest,
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

const canCount = (candidate: Candidate | undefined) => candidate?.credential.upstream.counts === true;

/** Servers that speak a format do not always count in it. */
const isNotServed = ({ status }: AttemptError) => status === 404 || status === 405 || status === 501;

function estimate({ request, response }: RequestContext, model: string, chain: string | undefined): Outcome {
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
