// One client request from the model's name to the answer.

import { writeCount } from '../formats/count-tokens.ts';
import { formats } from '../formats/formats.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import { estimateTokens } from '../model/estimate.ts';
import type { UpstreamError } from '../model/events.ts';
import { RequestError } from '../model/request-error.ts';
import type { Candidate } from '../routing/credential.ts';
import { resolve } from '../routing/resolver.ts';
import { providers } from '../upstream/providers.ts';
import { allCoolingDown, clientFailure, nobodyOffers, withRetryAfter } from './error-responses.ts';
import type { ExecuteContext, Execution, Outcome } from './request-context.ts';
import { RequestRunner } from './request-runner.ts';

/** The client has its answer, or has left, when this is done. */
export async function execute(context: ExecuteContext, execution: Execution): Promise<Outcome> {
  const { request, answer, pool, config } = execution;
  const { name, offers, thinking } = resolve(pool, request.model);
  const refuse = (fault: UpstreamError): Outcome => {
    answer.sendFault(formats[request.format], fault);
    return { model: name, source: undefined, usage: undefined, failed: true };
  };
  if (offers.length === 0) return refuse(nobodyOffers(request.model, pool, context.accounts.list()));
  const order = context.selector.order(name, offers, context.cooldowns, config.routing.strategy);
  const candidates = order.filter((candidate) => context.cooldowns.restOf(candidate)?.kind !== 'hard');
  if (candidates.length === 0) return refuse(allCoolingDown(name, order, context.cooldowns, context.clock.now()));
  try {
    if (request.action === 'count' && !canCount(candidates[0])) return estimate(execution, name);
    const run = new RequestRunner(context, execution, thinking);
    const failure = await run.loop(candidates);
    if (failure === undefined) return { model: name, ...run.outcome };
    if (request.action === 'count' && isNotServed(failure)) return estimate(execution, name);
    const told = withRetryAfter(failure, order, context.cooldowns, context.clock.now());
    tell(execution, clientFailure(told, name));
    return { model: name, ...run.outcome, failed: true };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return refuse({ status: 400, message: error.message });
  }
}

const canCount = (candidate: Candidate | undefined) =>
  candidate !== undefined && providers[candidate.credential.kind].counts;

/** Servers that speak a form do not always count in it. */
const isNotServed = ({ status }: AttemptError) => status === 404 || status === 405 || status === 501;

function estimate({ request, answer }: Execution, model: string): Outcome {
  answer.sendJson(200, writeCount(request.format, estimateTokens(request.decoded()), true));
  return { model, source: undefined, usage: undefined, failed: false };
}

/** An error that the client's own service would tell in the same words is passed on as it is. */
function tell({ request, answer }: Execution, failure: AttemptError): void {
  const { body, format, retryAfter } = failure;
  if (body === undefined || format === undefined || errorForm(format) !== errorForm(request.format)) {
    answer.sendFault(formats[request.format], failure);
    return;
  }
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) };
  answer.send(failure.status, { 'content-type': 'application/json', ...headers }, body);
}

/** OpenAI's forms share one way to tell errors. */
const errorForm = (format: Execution['request']['format'] | NonNullable<AttemptError['format']>) =>
  format === 'messages' ? 'anthropic' : format === 'gemini' || format === 'gemini-cli' ? 'google' : 'openai';
