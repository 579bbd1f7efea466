import { readValue } from '../../bytes/json-members.ts';
import { objectOf } from '../../model/json.ts';
import type { ClientSide } from '../client-side.ts';
import { CollectStream } from './collect-stream.ts';

export const responsesClient: ClientSide = {
  endpoints: [{ kind: 'generate', path: '/v1/responses' }],
  preferencesOf: ({ body, members }) => ({
    effort: objectOf(readValue(body, members, 'reasoning')).effort,
    serviceTier: readValue(body, members, 'service_tier'),
  }),
  collectStream: (upstream) => new CollectStream(upstream),
};
