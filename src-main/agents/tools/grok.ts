// Grok of xAI. Titles go to a model of its own choice unless that is set too.
import { tomlFormat } from '../formats/toml.ts';
import type { Place, Tool } from '../tool.ts';

const directory = ({ env, join }: Place) => join(env.GROK_HOME || '.grok');

export const grok: Tool = {
  id: 'grok',
  name: 'Grok',
  programs: ['grok'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'config.toml'),
      format: tomlFormat,
      assignments: ({ origin, key, models: { main } }) => {
        const model = `cli-proxy/${main}`;
        return [
          { steps: ['models', 'default'], value: model },
          { steps: ['models', 'session_summary'], value: model },
          {
            steps: ['model', model],
            value: { model: main, base_url: `${origin}/v1`, api_key: key, name: `${main} (CLI Proxy)` },
          },
        ];
      },
    },
  ],
  test: { args: ['-p', 'hi'] },
  variables: ['GROK_CONFIG'],
};
