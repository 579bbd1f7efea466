// Aider.
import { yamlFormat } from '../formats/yaml.ts';
import type { Tool } from '../tool.ts';

export const aider: Tool = {
  id: 'aider',
  name: 'Aider',
  programs: ['aider'],
  slots: ['main', 'small'],
  directory: ({ join }) => join('.aider.conf.yml'),
  files: ({ join }) => [
    {
      file: join('.aider.conf.yml'),
      format: yamlFormat,
      assignments: ({ origin, key, models: { main = '', small = main } }) => [
        { steps: ['openai-api-base'], value: `${origin}/v1` },
        { steps: ['openai-api-key'], value: key },
        { steps: ['model'], value: `openai/${main}` },
        { steps: ['weak-model'], value: `openai/${small}` },
      ],
    },
  ],
  // It would fetch a list of prices first.
  test: { args: ['--no-git', '--yes-always', '--message', 'hi'], env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True' } },
  warnings: () => [{ code: 'project-file-wins', subject: '.aider.conf.yml' }],
};
