// Several responses to one question, from services that give one at a time: as many calls, joined for the client.
import type { ClientRequest } from '../../client/client-request.ts';
import type { ResponseList } from '../../formats/client-side.ts';
import type { ResponseRelay } from '../../formats/response-relay.ts';
import type { BodyBytes } from '../../upstream/send.ts';
import type { Plan } from '../plan.ts';
import { JoinedCalls } from './joined-calls.ts';
import { JoinedRelay } from './joined-relay.ts';

/** One of the calls. */
export interface JoinedCall {
  readonly body: BodyBytes;
  /** `contentType` of its response. */
  readonly relay: (contentType: string) => ResponseRelay;
}

/** @param plan of the first call */
export function joinedPlan(
  plan: Plan,
  calls: readonly JoinedCall[],
  { list, request }: { readonly list: ResponseList; readonly request: Pick<ClientRequest, 'frame' | 'stream'> },
): Plan {
  const joined = new JoinedCalls(calls.map(({ body }) => body));
  return {
    ...plan,
    joined,
    send: (call) => joined.send(call),
    relay: () => {
      const types = joined.contentTypes;
      const relays = calls.map(({ relay }, index) => relay(types[index] ?? ''));
      return request.frame(new JoinedRelay({ calls: joined, relays, list, toStream: request.stream }));
    },
  };
}

/** The request of a further call: with the same seed it would have the same response. */
export const withNextSeed = (request: ClientRequest, step: number): ClientRequest => ({
  ...request,
  decoded: () => {
    const { sampling, ...rest } = request.decoded();
    const seed = sampling.seed === undefined ? {} : { seed: sampling.seed + step };
    return { ...rest, sampling: { ...sampling, ...seed } };
  },
});
