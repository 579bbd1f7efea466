// Zed. It takes keys from variables or the system's keychain, never from its file.
import { jsonFormat } from '../formats/json.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: true, trailingComma: true, mark: true });
/** It wants a number; most models have at least this context. In tokens. */
const maxTokens = 200_000;

function directory({ platform, env, join }: Place): string {
  if (platform === 'win32') return join(env.APPDATA || 'AppData/Roaming', 'Zed');
  return join((platform === 'linux' && env.XDG_CONFIG_HOME) || '.config', 'zed');
}

export const zed: Tool = {
  id: 'zed',
  name: 'Zed',
  programs: ['zed', 'zeditor'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'settings.json'),
      format,
      assignments: ({ origin, models: { main } }, document) => {
        const known = fieldOf(document.language_models, 'openai_compatible');
        const id = providerId(known, (provider) => fieldOf(provider, 'api_url'));
        return [
          {
            steps: ['language_models', 'openai_compatible', id],
            value: { api_url: `${origin}/v1`, available_models: [{ name: main, max_tokens: maxTokens }] },
          },
          { steps: ['agent', 'default_model'], value: { provider: id, model: main } },
        ];
      },
    },
  ],
  warnings: () => [{ code: 'key-from-environment', subject: 'CLI_PROXY_API_KEY' }],
};
