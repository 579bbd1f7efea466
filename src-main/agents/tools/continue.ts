// Continue. Its older config.json is left alone.
import { yamlFormat } from '../formats/yaml.ts';
import type { Place, Tool } from '../tool.ts';

const directory = ({ join }: Place) => join('.continue');

export const continueDev: Tool = {
  id: 'continue',
  name: 'Continue',
  programs: ['cn'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'config.yaml'),
      format: yamlFormat,
      assignments: ({ origin, key, models: { main } }, document) => {
        const own = { model: main, apiBase: `${origin}/v1` };
        // A file without these is none to it.
        const heads = { name: 'CLI Proxy', version: '1.0.0', schema: 'v1' };
        return [
          ...Object.entries(heads)
            .filter(([name]) => document[name] === undefined)
            .map(([name, value]) => ({ steps: [name], value })),
          {
            steps: ['models', { find: own }],
            value: {
              name: `${main} (CLI Proxy)`,
              provider: 'openai',
              ...own,
              apiKey: key,
              roles: ['chat', 'edit', 'apply'],
            },
          },
        ];
      },
    },
  ],
  test: { args: ['-p', 'hi'] },
  warnings: (place) => {
    const older = place.join(directory(place), 'config.json');
    return place.exists(older) ? [{ code: 'older-file', subject: older }] : [];
  },
};
