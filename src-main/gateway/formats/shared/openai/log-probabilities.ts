// Log probabilities as both OpenAI formats list them.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { DroppedFields } from '../../../model/dropped-fields.ts';
import { defined, numberOf, objectsOf, stringOf } from '../../../model/json.ts';
import type { Request } from '../../../model/request.ts';
import type { LogProbability, TokenProbability } from '../../../model/text/log-probability.ts';
import type { Target } from '../../format.ts';

/** Undefined for a list without any. */
export function readLogProbabilities(list: unknown): readonly LogProbability[] | undefined {
  const read = objectsOf(list).flatMap((entry) => {
    const token = readToken(entry);
    return token === undefined
      ? []
      : [{ ...token, top: objectsOf(entry.top_logprobs).flatMap((one) => readToken(one) ?? []) }];
  });
  return read.length === 0 ? undefined : read;
}

function readToken({ token, logprob, bytes }: JsonObject): TokenProbability | undefined {
  const text = stringOf(token);
  const value = numberOf(logprob);
  if (text === undefined || value === undefined) return undefined;
  return defined({
    token: text,
    logprob: value,
    bytes: Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === 'number') : undefined,
  });
}

export const writeLogProbabilities = (list: readonly LogProbability[]): readonly JsonObject[] =>
  list.map(({ top, ...token }) => ({ ...writeToken(token), top_logprobs: top.map(writeToken) }));

const writeToken = ({ token, logprob, bytes }: TokenProbability): JsonObject => ({
  token,
  logprob,
  bytes: bytes ?? [...Buffer.from(token)],
});

/** What is asked for, as far as the model tells it: models that reason do not (OpenAI, guide to the latest models). */
export function logProbabilitiesFor(
  { logProbabilities }: Request,
  { facts }: Target,
  effort: string | undefined,
  dropped: DroppedFields,
): Request['logProbabilities'] {
  const { sampling = 'both' } = facts;
  const tells = sampling === 'both' || sampling === 'one' || (sampling === 'without-reasoning' && effort === 'none');
  if (logProbabilities === undefined || tells) return logProbabilities;
  dropped.add('warn', 'logprobs', 'this model does not tell log probabilities');
  return undefined;
}
