// OpenCode and Kilo, which grew out of it: the same file under other names.
import { jsonFormat } from '../formats/json.ts';
import { fieldOf, providerId } from '../provider-id.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: true, trailingComma: true, mark: true });

interface Names {
  readonly id: string;
  readonly name: string;
  readonly program: string;
  readonly schema: string;
  /** The first that exists is the tool's, else the one of `created`. */
  readonly files: readonly string[];
  readonly created: string;
}

function likeOpenCode({ id, name, program, schema, files, created }: Names): Tool {
  const directory = ({ env, join }: Place) => join(env.XDG_CONFIG_HOME || '.config', program);
  return {
    id,
    name,
    programs: [program],
    slots: ['main', 'small'],
    directory,
    files: (place) => {
      const paths = files.map((file) => place.join(directory(place), file));
      return [
        {
          file: paths.find(place.exists) ?? place.join(directory(place), created),
          format,
          assignments: ({ origin, key, models: { main = '', small = main } }, document) => {
            const provider = providerId(document.provider, (one) => fieldOf(fieldOf(one, 'options'), 'baseURL'));
            return [
              // It would write this key itself at its next start.
              ...(Object.keys(document).length === 0 ? [{ steps: ['$schema'], value: schema }] : []),
              { steps: ['model'], value: `${provider}/${main}` },
              { steps: ['small_model'], value: `${provider}/${small}` },
              {
                steps: ['provider', provider],
                value: {
                  npm: '@ai-sdk/openai-compatible',
                  name: 'CLI Proxy',
                  options: { baseURL: `${origin}/v1`, apiKey: key },
                  models: { [main]: { name: main }, [small]: { name: small } },
                },
              },
            ];
          },
        },
      ];
    },
    test: { args: ['run', 'hi'] },
    warnings: (_, [settings]) => {
      const enabled = settings?.enabled_providers;
      const disabled = settings?.disabled_providers;
      const has = (list: unknown) => Array.isArray(list) && list.includes('cli-proxy');
      return [
        ...(Array.isArray(enabled) && !has(enabled)
          ? [{ code: 'provider-disabled' as const, subject: 'enabled_providers' }]
          : []),
        ...(has(disabled) ? [{ code: 'provider-disabled' as const, subject: 'disabled_providers' }] : []),
      ];
    },
    providers: 'provider',
  };
}

export const openCode = likeOpenCode({
  id: 'opencode',
  name: 'OpenCode',
  program: 'opencode',
  schema: 'https://opencode.ai/config.json',
  files: ['opencode.jsonc', 'opencode.json'],
  created: 'opencode.json',
});

export const kilo = likeOpenCode({
  id: 'kilo',
  name: 'Kilo Code',
  program: 'kilo',
  schema: 'https://app.kilo.ai/config.json',
  files: ['kilo.jsonc', 'kilo.json', 'opencode.jsonc', 'opencode.json'],
  created: 'kilo.jsonc',
});
