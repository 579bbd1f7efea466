// Claude Code. Its file wins over the shell; it ignores a file with a comment without a word.
import { isObject } from '../../../src-shared/json.ts';
import { jsonFormat } from '../formats/json.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: false, trailingComma: false, mark: true });
const slots = ['opus', 'sonnet', 'haiku', 'fable'] as const;

/** They would send another key beside ours, choose another model, or another service. */
const inTheWay = ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'];
const modelVariables = ['ANTHROPIC_MODEL', 'ANTHROPIC_SMALL_FAST_MODEL'];
const aliases = /^(?:default|best|opus|sonnet|haiku|fable|opusplan)(?:\[1m\])?$/;

const directory = ({ env, join }: Place) => join(env.CLAUDE_CONFIG_DIR || '.claude');

export const claudeCode: Tool = {
  id: 'claude-code',
  name: 'Claude Code',
  programs: ['claude'],
  slots,
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'settings.json'),
      format,
      assignments: ({ origin, key, models, serves }, { env, model }) => {
        const set = isObject(env) ? env : {};
        const isForeign = (name: unknown) => typeof name === 'string' && !aliases.test(name) && !serves(name);
        return [
          ...inTheWay.map((name) => ({ steps: ['env', name], value: undefined })),
          ...modelVariables
            .filter((name) => isForeign(set[name]))
            .map((name) => ({ steps: ['env', name], value: undefined })),
          ...(isForeign(model) ? [{ steps: ['model'], value: undefined }] : []),
          {
            steps: ['env'],
            value: {
              ANTHROPIC_BASE_URL: origin,
              ANTHROPIC_AUTH_TOKEN: key,
              ...Object.fromEntries(
                slots.flatMap((slot) =>
                  models[slot] ? [[`ANTHROPIC_DEFAULT_${slot.toUpperCase()}_MODEL`, models[slot]]] : [],
                ),
              ),
            },
          },
        ];
      },
    },
  ],
  test: { args: ['-p', 'hi', '--output-format', 'json'] },
  variables: ['ANTHROPIC_API_KEY'],
  warnings: (_, [settings]) =>
    settings?.apiKeyHelper === undefined ? [] : [{ code: 'sends-other-key', subject: 'apiKeyHelper' }],
};
