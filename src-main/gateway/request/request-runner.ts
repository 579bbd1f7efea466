// The attempts of one request at its candidates, and what each of them teaches about keys and accounts.
import { expiryOf } from '../../accounts/token-times.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import type { DroppedField } from '../model/dropped-fields.ts';
import type { Account } from '../ports.ts';
import { classify } from '../routing/classify.ts';
import type { Rest } from '../routing/cooldown.ts';
import type { Candidate, Credential } from '../routing/credential.ts';
import type { ThinkingOverride } from '../routing/resolver.ts';
import { providers } from '../upstream/providers.ts';
import { upstreamHeaders } from '../upstream/request-headers.ts';
import { type Attempted, attempt } from './attempt.ts';
import { withoutSecrets } from './error-responses.ts';
import { candidatesAfterQuota } from './gemini-quota.ts';
import { type Plan, planFor } from './plan.ts';
import type { ExecuteContext, Execution, Outcome } from './request-context.ts';
import { type AttemptResult, attemptLoop } from './retry-loop.ts';

/** A token that ends this soon may end on the way. Milliseconds. */
const expiryMargin = 30_000;

export class RequestRunner {
  readonly #context: ExecuteContext;
  readonly #execution: Execution;
  readonly #thinking: ThinkingOverride | undefined;
  /** Accounts whose tokens were renewed for this request. */
  readonly #renewed = new Map<string, Account>();
  #source: string | undefined;
  #last: Attempted | undefined;

  constructor(context: ExecuteContext, execution: Execution, thinking: ThinkingOverride | undefined) {
    this.#context = context;
    this.#execution = execution;
    this.#thinking = thinking;
  }

  /** Undefined when the client has its answer or has left. */
  loop(candidates: readonly Candidate[]): Promise<AttemptError | undefined> {
    const { config, signal } = this.#execution;
    const { clock, random } = this.#context;
    return attemptLoop({
      candidates,
      retries: Math.max(0, config['request-retry']),
      maxWait: Math.max(0, config['max-retry-interval']) * 1_000,
      clock,
      random,
      signal,
      attempt: (candidate) => this.#attempt(candidate),
      refresh: (candidate) => this.#refresh(candidate.credential),
      onFailure: (candidate, failure) => this.#failed(candidate, failure),
      after: (candidate, failure, left) =>
        failure.status === 429 ? candidatesAfterQuota(candidate, left, config['quota-exceeded']) : left,
    });
  }

  /** A client that left before the answer had begun got none. */
  get outcome(): Omit<Outcome, 'model'> {
    const last = this.#last;
    const failed = last === undefined || !last.answered || last.broken !== undefined;
    const hasLeft = this.#execution.signal.aborted && this.#execution.answer.isCommitted;
    return { source: this.#source, usage: last?.usage, failed: failed && !hasLeft };
  }

  async #attempt(candidate: Candidate): Promise<AttemptResult> {
    const { answer, signal, requestLog, request } = this.#execution;
    const { clock } = this.#context;
    const credential = await this.#withToken(candidate.credential);
    if (signal.aborted) return { answered: false, failure: gone };
    const ready = { credential, model: candidate.model };
    this.#source = credential.source;
    const plan = await planFor(request, ready, this.#thinking, { ...this.#context, now: clock.now() });
    const call = this.#call(ready, plan);
    if ('failure' in call) return { answered: false, failure: call.failure };
    const watcher = requestLog?.upstream(credential, call, plan.losses);
    this.#tellLosses(plan.losses);
    const started = clock.now();
    const tried = await attempt({ call, plan, client: answer, now: () => clock.now(), watcher });
    const result: Attempted = tried.answered ? tried : { ...tried, failure: withoutSecrets(tried.failure, credential) };
    this.#last = result;
    const fault = result.answered ? result.broken : result.failure;
    if (!result.answered && result.failure.body !== undefined) watcher?.onBytes(result.failure.body);
    if (fault !== undefined) watcher?.onFault(`${fault.status}: ${fault.message}`);
    this.#note(candidate, result, clock.now() - started);
    return result;
  }

  #call(candidate: Candidate, plan: Plan) {
    const { headers, config, signal } = this.#execution;
    const { credential } = candidate;
    try {
      return {
        url: new URL(`${credential.baseUrl}${plan.path}`),
        headers: upstreamHeaders({
          provider: providers[credential.kind],
          credential,
          client: headers,
          stream: plan.stream,
          userAgent: this.#context.userAgent,
        }),
        body: plan.body,
        dispatcher: this.#context.dispatchers.for(credential.proxyUrl || config['proxy-url']),
        signal,
      };
    } catch (error) {
      // A bad address in the config is the fault of this entry alone.
      return { failure: { status: 502, message: (error as Error).message, isNetwork: true } };
    }
  }

  /** Once for all attempts: they lose much the same. Harmless losses are for those who look for them. */
  #tellLosses(losses: readonly DroppedField[]): void {
    const { log } = this.#context;
    if (this.#last !== undefined) return;
    for (const { severity, path, reason } of losses) {
      const line = `${this.#execution.request.model}: not carried over: ${path}: ${reason}`;
      if (severity === 'info') log.debug(line);
      else log.info(line);
    }
  }

  /** What an answered attempt says; failures are noted when the loop counts them. */
  #note(candidate: Candidate, result: Attempted, ms: number): void {
    const { log, cooldowns, accounts, onAttempt } = this.#context;
    const what = `${this.#execution.request.model} by ${candidate.credential.label}`;
    if (!result.answered) {
      log.debug(`${what}: ${result.failure.status} after ${ms} ms`);
      return;
    }
    const { account } = candidate.credential;
    if (result.broken !== undefined) {
      if (this.#execution.signal.aborted) return;
      log.warning(`${what}: the answer broke off: ${result.broken.message}`);
      onAttempt(candidate, false);
      if (account !== undefined) accounts.report(account.name, { ok: false });
      return;
    }
    log.debug(`${what}: answered after ${ms} ms`);
    cooldowns.succeeded(candidate);
    onAttempt(candidate, true);
    if (account !== undefined) accounts.report(account.name, { ok: true, status: 'ready' });
  }

  #failed(candidate: Candidate, failure: AttemptError): void {
    const { log, cooldowns, accounts, onAttempt } = this.#context;
    const { credential } = candidate;
    log.warning(`${this.#execution.request.model} by ${credential.label}: ${failure.status}: ${failure.message}`);
    if (classify(failure).next === 'stop') return;
    onAttempt(candidate, false);
    const quotaRests = !this.#execution.config['disable-cooling'];
    const rest = cooldowns.failed(candidate, failure, { quotaRests });
    if (credential.account !== undefined) accounts.report(credential.account.name, reportOf(failure, rest));
  }

  /** Tokens that have ended are renewed before they are refused. */
  async #withToken(credential: Credential): Promise<Credential> {
    const { account } = credential;
    if (account === undefined) return credential;
    const renewed = this.#renewed.get(account.name);
    if (renewed !== undefined) return { ...credential, account: renewed };
    const end = expiryOf(account.content);
    if (end === undefined || end - expiryMargin > this.#context.clock.now()) return credential;
    return (await this.#refresh(credential)) ? this.#withToken(credential) : credential;
  }

  async #refresh({ account, label }: Credential): Promise<boolean> {
    if (account === undefined || this.#renewed.has(account.name)) return false;
    try {
      this.#renewed.set(account.name, await this.#context.accounts.refresh(account.name));
      return true;
    } catch (error) {
      this.#context.log.warning(`${label}: no new token: ${(error as Error).message}`);
      return false;
    }
  }
}

const gone: AttemptError = { status: 499, message: 'The client has left.' };

function reportOf(failure: AttemptError, rest: Rest | undefined) {
  const { status, message } = failure;
  if (rest?.kind !== 'hard') return { ok: false };
  const state = status === 429 ? ('cooling' as const) : ('error' as const);
  return { ok: false, status: state, message: `${status}: ${message}`, until: rest.until };
}
