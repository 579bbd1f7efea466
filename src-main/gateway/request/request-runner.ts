// The attempts of one request at its candidates.
import { joinUrl } from '../../net/join-url.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { ThinkingOverride } from '../model/reasoning/thinking-override.ts';
import type { Candidate, Credential } from '../routing/credential.ts';
import { upstreamHeaders } from '../upstream/request-headers.ts';
import type { UpstreamCall } from '../upstream/send.ts';
import { AccountTokens } from './account-tokens.ts';
import { type AttemptOutcome, attempt } from './attempt.ts';
import { AttemptRecorder } from './attempt-recorder.ts';
import { withoutSecrets } from './error-responses.ts';
import { type Plan, planFor } from './plan.ts';
import { candidatesAfterQuota } from './project-quota.ts';
import type { Outcome, RequestContext, RequestServices } from './request-context.ts';
import { type AttemptResult, retryUntilAnswered } from './retry-loop.ts';

export class RequestRunner {
  readonly #services: RequestServices;
  readonly #context: RequestContext;
  readonly #thinking: ThinkingOverride | undefined;
  readonly #tokens: AccountTokens;
  readonly #recorder: AttemptRecorder;
  #source: string | undefined;
  #last: AttemptOutcome | undefined;
  #candidate: Candidate | undefined;

  constructor(services: RequestServices, context: RequestContext, thinking: ThinkingOverride | undefined) {
    this.#services = services;
    this.#context = context;
    this.#thinking = thinking;
    this.#tokens = new AccountTokens(services);
    this.#recorder = new AttemptRecorder(services, context);
  }

  /** Undefined when the client has its response or has left. */
  run(candidates: readonly Candidate[]): Promise<AttemptError | undefined> {
    const { config, signal } = this.#context;
    const { clock, random } = this.#services;
    return retryUntilAnswered({
      candidates,
      retries: Math.max(0, config['request-retry']),
      maxDelayMs: Math.max(0, config['max-retry-interval']) * 1_000,
      clock,
      random,
      signal,
      attempt: (candidate) => this.#attempt(candidate),
      refresh: (candidate) => this.#tokens.refresh(candidate.credential),
      onAttemptError: (candidate, error) => this.#recorder.failed(candidate, error),
      after: (candidate, error, left) =>
        error.status === 429 ? candidatesAfterQuota(candidate, left, config['quota-exceeded']) : left,
    });
  }

  /** A client that left before its response had begun got none. */
  get outcome(): Omit<Outcome, 'model'> {
    const last = this.#last;
    const failed = last === undefined || !last.answered || last.interruption !== undefined;
    const hasLeft = this.#context.signal.aborted && this.#context.response.isCommitted;
    const error = last?.answered === false ? last.error : last?.interruption;
    return {
      source: this.#source,
      usage: last?.usage,
      failed: failed && !hasLeft,
      error,
      candidate: this.#candidate,
    };
  }

  async #attempt(candidate: Candidate): Promise<AttemptResult> {
    const { response, signal, requestLog, request } = this.#context;
    const { clock } = this.#services;
    const credential = await this.#tokens.withValidToken(candidate.credential);
    if (signal.aborted) return { answered: false, error: clientLeft };
    const current = { credential, model: candidate.model };
    this.#source = credential.source;
    this.#candidate = candidate;
    const ownFacts = this.#context.config['model-facts'];
    const plan = await planFor(request, current, this.#thinking, { ...this.#services, ownFacts, now: clock.now() });
    const call = this.#callOf(credential, plan);
    if ('error' in call) return { answered: false, error: call.error };
    const observer = requestLog?.upstream(credential, call, plan.dropped);
    // Once for all attempts: they drop much the same.
    if (this.#last === undefined) this.#recorder.droppedFields(plan.dropped);
    const started = clock.now();
    const tried = await attempt({ call, plan, client: response, now: () => clock.now(), observer });
    const outcome: AttemptOutcome = tried.answered
      ? tried
      : { ...tried, error: withoutSecrets(tried.error, credential) };
    this.#last = outcome;
    const error = outcome.answered ? outcome.interruption : outcome.error;
    if (!outcome.answered && outcome.error.body !== undefined) observer?.onBytes(outcome.error.body);
    if (error !== undefined) observer?.onError(`${error.status}: ${error.message}`);
    this.#recorder.ended(candidate, outcome, clock.now() - started);
    return outcome;
  }

  #callOf(credential: Credential, plan: Plan): UpstreamCall | { readonly error: AttemptError } {
    const { headers, config, signal } = this.#context;
    try {
      return {
        url: joinUrl(credential.baseUrl, plan.path),
        headers: upstreamHeaders({
          credential,
          client: headers,
          stream: plan.stream,
          userAgent: this.#services.userAgent,
        }),
        body: plan.body,
        dispatcher: this.#services.dispatchers.for(credential.proxyUrl || config['proxy-url']),
        signal,
      };
    } catch (error) {
      // A bad address in the config is the fault of this entry alone.
      return { error: { status: 502, message: (error as Error).message, isNetwork: true } };
    }
  }
}

const clientLeft: AttemptError = { status: 499, message: 'The client has left.' };
