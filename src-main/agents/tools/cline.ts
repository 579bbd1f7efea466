// Cline's command line program.
import { jsonFormat } from '../formats/json.ts';
import { fieldOf } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: false, trailingComma: false, mark: false });
const directory = ({ join }: Place) => join('.cline');
/** The one of its providers that takes an address. */
const provider = 'openai-compatible';
/** It drops a provider without this time (tried with 3.0.65). Always the same, so that setting up twice changes nothing. */
const updatedAt = '2026-01-01T00:00:00.000Z';

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
      assignments: ({ origin, key, models: { main } }, document) => {
        const present = fieldOf(fieldOf(document.providers, provider), 'updatedAt');
        return [
          ...(Object.keys(document).length === 0 ? [{ steps: ['version'], value: 1 }] : []),
          { steps: ['lastUsedProvider'], value: provider },
          {
            steps: ['providers', provider, 'settings'],
            value: { provider, apiKey: key, baseUrl: `${origin}/v1`, model: main },
          },
          ...(present === undefined
            ? [{ steps: ['providers', provider, 'updatedAt'], value: updatedAt, volatile: true as const }]
            : []),
        ];
      },
    },
  ],
  test: { args: ['--json', 'say hi'] },
};
