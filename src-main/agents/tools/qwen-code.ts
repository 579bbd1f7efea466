// Qwen Code. It rewrites its file at each start, so our entry is known by its model and address.
import { jsonFormat } from '../formats/json.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: true, trailingComma: true, mark: true });
const directory = ({ env, join }: Place) => join(env.QWEN_HOME || '.qwen');
const variable = 'CLI_PROXY_API_KEY';

export const qwenCode: Tool = {
  id: 'qwen-code',
  name: 'Qwen Code',
  programs: ['qwen'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'settings.json'),
      format,
      assignments: ({ origin, key, models: { main } }) => {
        const own = { id: main, baseUrl: `${origin}/v1` };
        return [
          { steps: ['security', 'auth', 'selectedType'], value: 'openai' },
          { steps: ['model', 'name'], value: main },
          { steps: ['modelProviders', 'openai', { find: own }], value: { ...own, envKey: variable } },
          { steps: ['env', variable], value: key },
        ];
      },
    },
  ],
  test: { args: ['-p', 'hi', '--output-format', 'json'] },
};
