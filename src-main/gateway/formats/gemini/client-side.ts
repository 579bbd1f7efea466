import { readValue } from '../../bytes/json-members.ts';
import { defined, objectOf } from '../../model/json.ts';
import type { ClientSide, ListedModel } from '../client-side.ts';
import { incompleteMark } from './errors.ts';
import { JsonList } from './json-list.ts';
import { field } from './spelling.ts';
import { toGeminiUsage } from './usage.ts';

const methods = ['generateContent', 'streamGenerateContent', 'countTokens'] as const;
const path = (method: (typeof methods)[number]) => `/v1beta/models/{model}:${method}`;

const describe = ({ name, maxInput, maxOutput }: ListedModel) =>
  defined({
    name: `models/${name}`,
    version: name,
    displayName: name,
    description: name,
    inputTokenLimit: maxInput,
    outputTokenLimit: maxOutput,
    supportedGenerationMethods: methods,
  });

export const geminiClient: ClientSide = {
  endpoints: [
    { kind: 'generate', path: path('generateContent'), stream: false },
    { kind: 'generate', path: path('streamGenerateContent'), stream: true },
    { kind: 'count', path: path('countTokens') },
  ],
  modelList: {
    path: '/v1beta/models',
    model: describe,
    models: (models) => ({ models: models.map(describe) }),
  },
  responseList: { member: 'candidates', id: 'responseId', usage: 'usageMetadata', writeUsage: toGeminiUsage },
  pathPrefix: '/v1beta/',
  preferencesOf: ({ body, members }) => {
    const config = objectOf(
      readValue(body, members, 'generationConfig') ?? readValue(body, members, 'generation_config'),
    );
    return { effort: field(objectOf(field(config, 'thinkingConfig')), 'thinkingLevel') };
  },
  incompleteMark: Buffer.from(incompleteMark),
  breaksOff: true,
  frameStream: (relay, query) => ((query.get('alt') ?? query.get('$alt')) === 'sse' ? relay : new JsonList(relay)),
};
