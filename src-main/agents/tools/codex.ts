// Codex. It speaks the Responses format only, and stops where the variable of an `env_key` is not set.
import { Problem } from '../../../src-shared/problem.ts';
import { tomlFormat } from '../formats/toml.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const directory = ({ env, join }: Place) => join(env.CODEX_HOME || '.codex');

export const codex: Tool = {
  id: 'codex',
  name: 'Codex',
  programs: ['codex'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'config.toml'),
      format: tomlFormat,
      assignments: ({ origin, key, models }, document) => {
        if (document.profile !== undefined)
          throw new Problem(
            'agent_file_invalid',
            'profile: Codex no longer starts with this key. Take it out and use --profile with a file of its own.',
          );
        const id = providerId(document.model_providers, (provider) => fieldOf(provider, 'base_url'));
        const table = ['model_providers', id];
        return [
          { steps: ['model'], value: models.main },
          { steps: ['model_provider'], value: id },
          { steps: [...table, 'env_key'], value: undefined },
          {
            steps: table,
            value: {
              name: 'CLI Proxy',
              base_url: `${origin}/v1`,
              wire_api: 'responses',
              experimental_bearer_token: key,
            },
          },
        ];
      },
    },
  ],
  test: { args: ['exec', '--json', '--skip-git-repo-check', 'hi'] },
  warnings: () => [{ code: 'hides-conversations', subject: 'model_provider' }],
  providers: 'model_providers',
};
