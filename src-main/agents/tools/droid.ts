// Droid of Factory. It names a custom model by its place in the list: ours is always added behind the others.
import { jsonFormat } from '../formats/json.ts';
import { fieldOf } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: true, trailingComma: false, mark: false });
const directory = ({ join }: Place) => join('.factory');

export const droid: Tool = {
  id: 'droid',
  name: 'Droid',
  programs: ['droid'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'settings.json'),
      format,
      assignments: ({ origin, key, models: { main } }, { customModels }) => {
        const own = { model: main, baseUrl: `${origin}/v1` };
        const list: readonly unknown[] = Array.isArray(customModels) ? customModels : [];
        const known = list.findIndex(
          (one) => fieldOf(one, 'model') === own.model && fieldOf(one, 'baseUrl') === own.baseUrl,
        );
        const index = known < 0 ? list.length : known;
        return [
          {
            steps: ['customModels', { find: own }],
            value: { ...own, displayName: main, apiKey: key, provider: 'generic-chat-completion-api' },
          },
          { steps: ['sessionDefaultSettings', 'model'], value: `custom:${main}-${index}` },
        ];
      },
    },
  ],
  test: { args: ['exec', 'hi'] },
};
