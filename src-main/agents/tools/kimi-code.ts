// Kimi Code.
import { tomlFormat } from '../formats/toml.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const directory = ({ env, join }: Place) => join(env.KIMI_CODE_HOME || '.kimi-code');
/** It wants a number; most models have at least this context. In tokens. */
const contextSize = 200_000;

export const kimiCode: Tool = {
  id: 'kimi-code',
  name: 'Kimi Code',
  programs: ['kimi'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'config.toml'),
      format: tomlFormat,
      assignments: ({ origin, key, models: { main } }, document) => {
        const id = providerId(document.providers, (provider) => fieldOf(provider, 'base_url'));
        const model = `${id}/${main}`;
        return [
          { steps: ['default_model'], value: model },
          { steps: ['providers', id], value: { type: 'openai', base_url: `${origin}/v1`, api_key: key } },
          { steps: ['models', model], value: { provider: id, model: main, max_context_size: contextSize } },
        ];
      },
    },
  ],
  test: { args: ['-p', 'hi'] },
  variables: ['KIMI_MODEL_NAME'],
  providers: 'providers',
};
