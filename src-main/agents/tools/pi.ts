// Pi. A key that it keeps itself under the same provider wins, so a name that is free there is taken.

import type { JsonObject } from '../../../src-shared/json.ts';
import { jsonFormat } from '../formats/json.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Setup, Tool } from '../tool.ts';

const modelsFormat = jsonFormat({ comments: true, trailingComma: true, mark: true });
const settingsFormat = jsonFormat({ comments: false, trailingComma: false, mark: false });
const directory = ({ env, join }: Place) => join(env.PI_CODING_AGENT_DIR || '.pi/agent');

function idIn(place: Place, models: JsonObject): string {
  const stored = place.readJson(place.join(directory(place), 'auth.json'));
  // A stored key makes the name one of somebody else.
  const others = Object.fromEntries(Object.keys(stored).map((name) => [name, { baseUrl: '' }]));
  return providerId({ ...(models.providers as JsonObject | undefined), ...others }, (one) => fieldOf(one, 'baseUrl'));
}

export const pi: Tool = {
  id: 'pi',
  name: 'Pi',
  programs: ['pi'],
  slots: ['main'],
  directory,
  files: (place) => {
    const file = place.join(directory(place), 'models.json');
    return [
      {
        file,
        format: modelsFormat,
        assignments: ({ origin, key, models: { main } }: Setup, document) => [
          {
            steps: ['providers', idIn(place, document)],
            value: { baseUrl: `${origin}/v1`, api: 'openai-completions', apiKey: key, models: [{ id: main }] },
          },
        ],
      },
      {
        file: place.join(directory(place), 'settings.json'),
        format: settingsFormat,
        assignments: ({ models: { main } }) => [
          { steps: ['defaultProvider'], value: idIn(place, place.readJson(file)) },
          { steps: ['defaultModel'], value: main },
        ],
      },
    ];
  },
  test: { args: ['-p', 'hi'], env: { PI_OFFLINE: '1' } },
  providers: 'providers',
};
