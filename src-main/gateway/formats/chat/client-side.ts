import { readValue } from '../../bytes/json-members.ts';
import { objectOf } from '../../model/json.ts';
import type { ClientSide, ListedModel, ResponseList } from '../client-side.ts';
import type { PassthroughRequest } from '../passthrough.ts';
import { toChatUsage } from '../shared/usage.ts';

export const streamOptions = ({ body, members }: PassthroughRequest) =>
  objectOf(readValue(body, members, 'stream_options'));

export const hidesUsage = (request: PassthroughRequest): boolean => streamOptions(request).include_usage !== true;

const describe = ({ name, owner, created }: ListedModel) => ({ id: name, object: 'model', created, owned_by: owner });

export const choiceList: ResponseList = { member: 'choices', id: 'id', usage: 'usage', writeUsage: toChatUsage };

export const chatClient: ClientSide = {
  endpoints: [{ kind: 'generate', path: '/v1/chat/completions' }],
  modelList: {
    path: '/v1/models',
    model: describe,
    models: (models) => ({ object: 'list', data: models.map(describe) }),
  },
  responseList: choiceList,
  hidesUsage,
  preferencesOf: ({ body, members }) => ({
    effort: readValue(body, members, 'reasoning_effort'),
    serviceTier: readValue(body, members, 'service_tier'),
  }),
  lastFrame: Buffer.from('data: [DONE]\n\n'),
};
