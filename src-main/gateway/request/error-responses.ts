// What clients are told when nobody answers.

import type { Account } from '../../accounts/account.ts';
import { mask } from '../../lib/mask.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { UpstreamError } from '../model/events.ts';
import { objectOf } from '../model/json.ts';
import { effectiveStatus } from '../routing/classify.ts';
import type { Cooldowns } from '../routing/cooldowns.ts';
import type { Candidate, Credential } from '../routing/credential.ts';
import type { Pool } from '../routing/pool.ts';

/** The model is unknown here, or there is nobody at all to ask. */
export function modelUnavailable(model: string, pool: Pool, accounts: readonly Account[]): UpstreamError {
  if (pool.credentials.length > 0) {
    return { status: 404, code: 'model_not_found', message: `No key or account here offers the model ${model}.` };
  }
  const disabled = accounts.some((account) => account.disabled) ? ' All accounts are disabled.' : '';
  return {
    status: 503,
    code: 'no_credential',
    message: `There is no key or account for the model ${model}.${disabled} Add one in the config or log in.`,
  };
}

const causeOf: Readonly<Record<number, string>> = {
  401: 'the service refuses their keys (401)',
  402: 'the service wants to be paid (402)',
  403: 'the service denies them access (403)',
};

/** All that offer the model are left out for a while. */
export function allCoolingDown(
  model: string,
  candidates: readonly Candidate[],
  cooldowns: Cooldowns,
  now: number,
): UpstreamError {
  const active = candidates.flatMap((candidate) => cooldowns.of(candidate) ?? []);
  const next = secondsUntil(Math.min(...active.map(({ until }) => until)), now);
  const limited = active.filter(({ status }) => status === 429);
  if (limited.length > 0) {
    const message = `All keys and accounts for ${model} have used up their quota. Ask again in ${next} s.`;
    return { status: 429, code: 'model_cooldown', message, retryAfter: next };
  }
  const causes = [
    ...new Set(active.map(({ status, cause }) => cause ?? causeOf[status] ?? `the service answers ${status}`)),
  ].join('; ');
  return {
    status: 503,
    code: 'no_credential',
    message: `Nobody can be asked for ${model}: ${causes}. The next try is in ${next} s.`,
  };
}

const secondsUntil = (time: number, now: number) => Math.max(1, Math.ceil((time - now) / 1_000));

/** A used-up quota comes with the time to ask again: the upstream's, else when the first of the candidates is back. */
export function withRetryAfter(
  error: AttemptError,
  candidates: readonly Candidate[],
  cooldowns: Cooldowns,
  now: number,
): AttemptError {
  if (error.status !== 429 || error.retryAfter !== undefined) return error;
  const ends = candidates.map((candidate) => cooldowns.of(candidate)?.until ?? now);
  const next = Math.min(...ends);
  return next > now ? { ...error, retryAfter: secondsUntil(next, now) } : error;
}

/** Faults of our own keys are not the client's: its key is fine. */
export function clientError(error: AttemptError, model: string): AttemptError {
  const cause = causeOf[effectiveStatus(error)];
  if (cause === undefined) return error;
  const why = error.refusal === undefined ? `${cause}: ${error.message}` : error.message;
  const message = `Nobody can be asked for ${model}: ${why}`;
  const { clientHeaders } = error;
  return { status: 503, code: 'no_credential', message, ...(clientHeaders === undefined ? {} : { clientHeaders }) };
}

/** Services like to repeat the key they reject. */
export function withoutSecrets(error: AttemptError, credential: Credential): AttemptError {
  const secrets = secretsOf(credential).filter((secret) => secret.length >= 6);
  const clean = (text: string) => secrets.reduce((all, secret) => all.replaceAll(secret, mask(secret)), text);
  const { body, ...rest } = error;
  return {
    ...rest,
    message: clean(error.message),
    ...(body === undefined ? {} : { body: Buffer.from(clean(body.toString())) }),
  };
}

function secretsOf({ key, account, headers }: Credential): readonly string[] {
  const content = objectOf(account?.content);
  const tokens = [content.access_token, content.api_key, objectOf(content.token).access_token];
  return [key, ...Object.values(headers), ...tokens].filter((one): one is string => typeof one === 'string');
}
