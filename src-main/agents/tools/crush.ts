// Crush.
import { jsonFormat } from '../formats/json.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: false, trailingComma: false, mark: false });

function directory({ platform, env, join }: Place): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || 'AppData/Local', 'crush');
  return join(env.XDG_CONFIG_HOME || '.config', 'crush');
}

export const crush: Tool = {
  id: 'crush',
  name: 'Crush',
  programs: ['crush'],
  slots: ['main', 'small'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'crush.json'),
      format,
      assignments: ({ origin, key, models: { main = '', small = main } }, document) => {
        const id = providerId(document.providers, (provider) => fieldOf(provider, 'base_url'));
        const names = [...new Set([main, small])];
        return [
          {
            steps: ['providers', id],
            value: {
              type: 'openai-compat',
              name: 'CLI Proxy',
              base_url: `${origin}/v1`,
              api_key: key,
              models: names.map((name) => ({ id: name, name })),
            },
          },
          { steps: ['models', 'large'], value: { provider: id, model: main } },
          { steps: ['models', 'small'], value: { provider: id, model: small } },
        ];
      },
    },
  ],
  test: { args: ['run', 'hi'] },
  warnings: () => [{ code: 'project-file-wins', subject: 'crush.json' }],
  providers: 'providers',
};
