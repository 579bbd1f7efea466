// Cline's command line program.
import { jsonFormat } from '../formats/json.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: false, trailingComma: false, mark: false });
const directory = ({ join }: Place) => join('.cline');
/** The one of its providers that takes an address. */
const provider = 'openai-compatible';

export const cline: Tool = {
  id: 'cline',
  name: 'Cline',
  programs: ['cline'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'data/settings/providers.json'),
      format,
      assignments: ({ origin, key, models: { main } }, document) => [
        ...(Object.keys(document).length === 0 ? [{ steps: ['version'], value: 1 }] : []),
        { steps: ['lastUsedProvider'], value: provider },
        {
          steps: ['providers', provider, 'settings'],
          value: { provider, apiKey: key, baseUrl: `${origin}/v1`, model: main },
        },
      ],
    },
  ],
  test: { args: ['--json', 'say hi'] },
};
