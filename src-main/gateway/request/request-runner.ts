// The attempts of one request at its candidates.
import { joinUrl } from '../../net/join-url.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { limitHeaders } from '../records/client-headers.ts';
import { classify } from '../routing/classify.ts';
import type { Credential } from '../routing/credential.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';
import { upstreamHeaders } from '../upstream/request-headers.ts';
import type { UpstreamCall } from '../upstream/send.ts';
import { AccountTokens } from './account-tokens.ts';
import { AnswerMeter, estimatedUsage, JoinedMeter } from './answer-meter.ts';
import { type AttemptOutcome, attempt, type ResponseNote } from './attempt.ts';
import { AttemptRecorder } from './attempt-recorder.ts';
import { withoutSecrets } from './error-responses.ts';
import type { CandidateOrder } from './order/candidate-order.ts';
import { candidatesAfterQuota } from './order/project-quota.ts';
import { type AttemptResult, retryUntilAnswered } from './order/retry-loop.ts';
import { type Plan, planFor } from './plan.ts';
import type { Outcome, RequestContext, RequestServices, ResponseHeaders } from './request-context.ts';
import { clientLeft, tryEnd } from './try-end.ts';

export class RequestRunner {
  readonly #services: RequestServices;
  readonly #context: RequestContext;
  readonly #order: CandidateOrder;
  #accountTokens: AccountTokens | undefined;
  readonly #recorder: AttemptRecorder;
  #source: string | undefined;
  #last: AttemptOutcome | undefined;
  #candidate: RoutedCandidate | undefined;
  #hasAsked = false;
  #meter: AnswerMeter | JoinedMeter | undefined;

  constructor(services: RequestServices, context: RequestContext, order: CandidateOrder) {
    this.#services = services;
    this.#context = context;
    this.#order = order;
    this.#recorder = new AttemptRecorder(services, context);
  }

  /** Undefined when the client has its response or has left. */
  run(candidates: readonly RoutedCandidate[]): Promise<AttemptError | undefined> {
    const { config, signal, request } = this.#context;
    const { clock, random } = this.#services;
    return retryUntilAnswered({
      candidates,
      retriesOf: ({ credential }) =>
        isRepeatable(this.#context.request) ? (credential.requestRetry ?? config['request-retry']) : 0,
      maxCredentials: config['max-retry-credentials'],
      maxDelayMs: Math.max(0, config['max-retry-interval']) * 1_000,
      clock,
      random,
      signal,
      take: (left) => this.#order.take(left),
      attempt: (candidate) => this.#attempt(candidate),
      refresh: (candidate) => this.#tokens.refresh(candidate.credential),
      onAttemptError: (candidate, error) => {
        // A key that owns what is asked for is asked whatever it answered before.
        if (request.action !== 'service' || !request.isOwned) this.#recorder.failed(candidate, error);
      },
      after: (candidate, error, left) => this.#after(candidate, error, left),
    });
  }

  get #tokens(): AccountTokens {
    this.#accountTokens ??= new AccountTokens(this.#services);
    return this.#accountTokens;
  }

  /** Whether anything went to an upstream. */
  get hasAsked(): boolean {
    return this.#hasAsked;
  }

  /** A client that left before its response had begun got none. */
  get outcome(): Omit<Outcome, 'model' | 'chain'> {
    const last = this.#last;
    const failed = last === undefined || !last.answered || last.interruption !== undefined;
    const hasLeft = this.#context.signal.aborted && this.#context.response.isCommitted;
    const error = last?.answered === false ? last.error : last?.interruption;
    return {
      source: this.#source,
      ...this.#usage,
      failed: failed && !hasLeft,
      error,
      candidate: this.#candidate,
    };
  }

  #after(
    candidate: RoutedCandidate,
    error: AttemptError,
    left: readonly RoutedCandidate[],
  ): readonly RoutedCandidate[] | undefined {
    // Of a chain another element may have the model; who else offers this one has it no more than this candidate.
    if (error.status === 404 && error.isNetwork !== true && this.#context.pool.chain(this.#context.request.model)) {
      const others = left.filter(({ element }) => element !== candidate.element);
      return others.length > 0 ? others : undefined;
    }
    if (classify(error).next === 'stop') return undefined;
    return error.status === 429 ? candidatesAfterQuota(candidate, left, this.#context.config['quota-exceeded']) : left;
  }

  async #attempt(candidate: RoutedCandidate): Promise<AttemptResult> {
    const { response, signal, requestLog, request, config, recording } = this.#context;
    const { clock, selector, newId, signatures } = this.#services;
    const credential =
      candidate.credential.account === undefined
        ? candidate.credential
        : await this.#tokens.withValidToken(candidate.credential);
    if (signal.aborted) return { answered: false, error: clientLeft };
    if ('error' in credential) return { answered: false, error: credential.error };
    const current = credential === candidate.credential ? candidate : { ...candidate, credential };
    const { thinking } = candidate.element.resolved;
    const plan = await planFor(request, current, thinking, {
      newId,
      signatures,
      headers: this.#context.headers,
      upstreamSockets: this.#context.upstreamSockets,
      payload: config.payload,
      ownFacts: config['model-facts'],
      now: clock.now(),
    });
    this.#source = credential.source;
    this.#candidate = candidate;
    recording.asked(current);
    recording.dropped(plan.dropped.map(({ path }) => path));
    const call = this.#callOf(credential, plan);
    if ('error' in call) {
      recording.tried(current, { status: null, ms: 0, error: call.error.message, outcome: undefined });
      return { answered: false, error: call.error };
    }
    const observer = requestLog?.upstream(credential, call, plan.dropped);
    // Once for all attempts: they drop much the same.
    if (this.#last === undefined) this.#recorder.droppedFields(plan.dropped);
    selector.asked(candidate);
    this.#hasAsked = true;
    response.nameUpstream(candidate.element.listed, credential.publicSource);
    const started = clock.now();
    const meter = request.action === 'generate' ? this.#meterOf(plan, current) : undefined;
    this.#meter = meter;
    const onResponse = (status: number, headers: ResponseHeaders) => {
      if (plan.stream && !String(headers['content-type'] ?? '').includes('json')) meter?.readsStream();
      return this.#noteResponse(current, status, headers);
    };
    const timeouts = this.#timeouts;
    const { refusals } = credential.upstream;
    const tried = await attempt({
      call,
      plan,
      client: response,
      clock,
      timeouts,
      onResponse,
      observer,
      meter,
      refusals,
    });
    const outcome: AttemptOutcome = tried.answered
      ? tried
      : { ...tried, error: withoutSecrets(tried.error, credential) };
    this.#last = outcome;
    if (outcome.answered && request.action === 'service') request.answered?.(credential);
    const error = outcome.answered ? outcome.interruption : outcome.error;
    if (!outcome.answered && outcome.error.body !== undefined) observer?.onBytes(outcome.error.body);
    if (error !== undefined) observer?.onError(`${error.status}: ${error.message}`);
    const ms = clock.now() - started;
    recording.tried(current, { ...tryEnd(outcome, signal), ms });
    this.#recorder.ended(candidate, outcome, ms);
    if (outcome.answered && !signal.aborted) this.#order.answered(candidate);
    return outcome;
  }

  #meterOf({ format, joined }: Plan, candidate: RoutedCandidate): AnswerMeter | JoinedMeter {
    const { newId } = this.#services;
    const meter = () => new AnswerMeter(format, { model: candidate.model, newId });
    return joined === undefined ? meter() : new JoinedMeter(joined, meter);
  }

  /** What the upstream counted, and estimates where it did not: leaving early is not free. */
  get #usage(): Pick<Outcome, 'usage' | 'estimated'> {
    const usage = this.#last?.usage;
    const last = this.#last;
    const { signal, request } = this.#context;
    const hasFailed = last === undefined || (!last.answered && !signal.aborted);
    if (hasFailed || request.action !== 'generate') return { usage };
    const isWhole = last.answered && last.interruption === undefined && !signal.aborted;
    const characters = () => this.#meter?.characters ?? 0;
    return { usage, estimated: estimatedUsage(usage, { request: request.decoded, characters, isWhole }) };
  }

  #noteResponse(candidate: RoutedCandidate, status: number, headers: ResponseHeaders): ResponseNote {
    const quota = this.#services.onResponse(candidate, status, headers);
    return {
      clientHeaders: this.#passesLimits ? limitHeaders(headers) : {},
      ...(quota === undefined ? {} : { quota }),
    };
  }

  /** Limits of one credential among several would tell the client of others' use. */
  get #passesLimits(): boolean {
    const setting = this.#context.config['passthrough-headers'];
    if (setting !== 'auto') return setting === 'true';
    const [first, ...others] = this.#order.all;
    return first !== undefined && others.every(({ credential }) => credential.id === first.credential.id);
  }

  get #timeouts() {
    const { config } = this.#context;
    return {
      firstByteMs: config['first-byte-timeout-seconds'] * 1_000,
      idleMs: config['idle-timeout-seconds'] * 1_000,
    };
  }

  #callOf(credential: Credential, plan: Plan): UpstreamCall | { readonly error: AttemptError } {
    const { headers, config, signal } = this.#context;
    try {
      return {
        ...(plan.method !== undefined && { method: plan.method }),
        url: joinUrl(credential.baseUrl, plan.path),
        headers: upstreamHeaders({
          credential,
          client: headers,
          stream: plan.stream,
          userAgent: this.#services.userAgent,
          own: plan.headers,
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

/** A body that was not kept is gone with the first attempt; what belongs to one key is not asked for twice. */
const isRepeatable = (request: RequestContext['request']): boolean =>
  request.action !== 'service' || (!request.isOwned && request.isRepeatable());
