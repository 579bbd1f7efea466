import type { ClientSide } from '../client-side.ts';
import { CollectStream } from './collect-stream.ts';

export const responsesClient: ClientSide = {
  endpoints: [{ kind: 'generate', path: '/v1/responses' }],
  collectStream: (upstream) => new CollectStream(upstream),
};
