// What each attempt teaches about keys and accounts: cooldowns, account states, traffic counts and log lines.

import type { DroppedField } from '../model/dropped-fields.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { classify } from '../routing/classify.ts';
import type { CandidateCooldown } from '../routing/cooldowns.ts';
import type { Candidate } from '../routing/credential.ts';
import type { AttemptOutcome } from './attempt.ts';
import type { RequestContext, RequestServices } from './request-context.ts';

export class AttemptRecorder {
  readonly #services: RequestServices;
  readonly #context: RequestContext;

  constructor(services: RequestServices, context: RequestContext) {
    this.#services = services;
    this.#context = context;
  }

  /** Harmless ones are for those who look for them. */
  droppedFields(dropped: readonly DroppedField[]): void {
    const { log } = this.#services;
    for (const { severity, path, reason } of dropped) {
      const line = `${this.#context.request.model}: not carried over: ${path}: ${reason}`;
      if (severity === 'info') log.debug(line);
      else log.info(line);
    }
  }

  /** An attempt that ended after `ms` milliseconds. The error of one without a response is recorded by `failed`. */
  ended(candidate: Candidate, outcome: AttemptOutcome, ms: number): void {
    const { log, cooldowns, accounts, learned, onAttempt } = this.#services;
    const what = `${this.#context.request.model} by ${candidate.credential.label}`;
    if (!outcome.answered) {
      log.debug(`${what}: ${outcome.error.status} after ${ms} ms`);
      return;
    }
    const { account } = candidate.credential;
    if (outcome.interruption !== undefined) {
      if (this.#context.signal.aborted) return;
      log.warning(`${what}: the answer broke off: ${outcome.interruption.message}`);
      onAttempt(candidate, false);
      if (account !== undefined) accounts.report(account.name, { ok: false });
      return;
    }
    const isCount = this.#context.request.action === 'count';
    log.debug(`${what}: answered after ${ms} ms`);
    cooldowns.succeeded(candidate);
    onAttempt(candidate, true);
    if (account === undefined) return;
    accounts.report(account.name, { ok: true, status: 'ready' });
    if (!isCount) learned.answered(account.name, candidate.model);
  }

  /** An attempt without a response, once the retry loop has accepted its error. */
  failed(candidate: Candidate, error: AttemptError): void {
    const { log, cooldowns, accounts, learned, onAttempt } = this.#services;
    const { credential, model } = candidate;
    log.warning(`${this.#context.request.model} by ${credential.label}: ${error.status}: ${error.message}`);
    onAttempt(candidate, false);
    if (classify(error).next === 'stop') {
      // The request is at fault: the key stays as good as it was.
      if (credential.account === undefined) return;
      accounts.report(credential.account.name, { ok: false });
      if (error.status === 404) learned.rejected(credential.account.name, model);
      return;
    }
    const { config } = this.#context;
    const cooldown = cooldowns.failed(candidate, error, {
      isDisabled: credential.disableCooling ?? config['disable-cooling'],
      transientMs: config['transient-error-cooldown-seconds'] * 1_000,
    });
    if (credential.account !== undefined) accounts.report(credential.account.name, reportOf(error, cooldown));
  }
}

function reportOf({ status, message, refusal }: AttemptError, cooldown: CandidateCooldown | undefined) {
  if (cooldown?.kind !== 'hard') return { ok: false };
  const state = status === 429 ? ('cooling' as const) : ('error' as const);
  const said = refusal === undefined ? `${status}: ${message}` : refusal.sentence;
  const needsLogin = refusal?.needsLogin === true;
  return { ok: false, status: state, message: said, until: cooldown.until, needsLogin };
}
