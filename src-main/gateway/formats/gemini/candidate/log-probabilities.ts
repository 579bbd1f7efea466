// Log probabilities as Gemini lists them: the chosen tokens, and beside them the likeliest of each place.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import { numberOf, objectOf, objectsOf, stringOf } from '../../../model/json.ts';
import type { LogProbability, TokenProbability } from '../../../model/text/log-probability.ts';
import { field } from '../spelling.ts';

/** Undefined for a candidate without any. */
export function readLogProbabilities(candidate: JsonObject): readonly LogProbability[] | undefined {
  const result = objectOf(field(candidate, 'logprobsResult'));
  const tops = objectsOf(field(result, 'topCandidates'));
  const read = objectsOf(field(result, 'chosenCandidates')).flatMap((chosen, at) => {
    const token = readToken(chosen);
    const top = objectsOf(tops[at]?.candidates).flatMap((one) => readToken(one) ?? []);
    return token === undefined ? [] : [{ ...token, top }];
  });
  return read.length === 0 ? undefined : read;
}

function readToken(given: JsonObject): TokenProbability | undefined {
  const token = stringOf(given.token);
  const logprob = numberOf(field(given, 'logProbability'));
  return token === undefined || logprob === undefined ? undefined : { token, logprob };
}

/** Members of the candidate; none for an empty list. */
export function writeLogProbabilities(list: readonly LogProbability[]): JsonObject {
  if (list.length === 0) return {};
  return {
    avgLogprobs: list.reduce((sum, { logprob }) => sum + logprob, 0) / list.length,
    logprobsResult: {
      chosenCandidates: list.map(writeToken),
      topCandidates: list.map(({ top }) => ({ candidates: top.map(writeToken) })),
    },
  };
}

const writeToken = ({ token, logprob }: TokenProbability): JsonObject => ({ token, logProbability: logprob });
