import { readValue } from '../../bytes/json-members.ts';
import { objectOf } from '../../model/json.ts';
import type { ClientSide, ListedModel } from '../client-side.ts';
import { sessionOfUser } from './session.ts';

const describe = ({ name, created }: ListedModel) => ({
  type: 'model',
  id: name,
  display_name: name,
  created_at: new Date(created * 1_000).toISOString().replace('.000', ''),
});

export const messagesClient: ClientSide = {
  endpoints: [
    { kind: 'generate', path: '/v1/messages' },
    { kind: 'count', path: '/v1/messages/count_tokens' },
  ],
  sessionOf: sessionOfUser,
  preferencesOf: ({ body, members }) => ({
    effort: objectOf(readValue(body, members, 'output_config')).effort,
    serviceTier: readValue(body, members, 'service_tier'),
  }),
  modelList: {
    path: '/v1/models',
    // Anthropic's SDK and CLI say who they are.
    isFor: (headers) =>
      headers['anthropic-version'] !== undefined || String(headers['user-agent'] ?? '').startsWith('claude-cli'),
    model: describe,
    models: (models) => {
      const data = models.map(describe);
      return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
    },
  },
};
