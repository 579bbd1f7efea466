// Tools whose settings no file of ours can reach.
import type { ManualTool } from '../tool.ts';

export const manualTools: readonly ManualTool[] = [
  // It talks to its own service only.
  { id: 'amp', name: 'Amp', programs: ['amp'], support: 'none' },
  {
    id: 'copilot',
    name: 'Copilot CLI',
    programs: ['copilot'],
    support: 'environment',
    variables: ({ origin, key, models }) => ({
      COPILOT_PROVIDER_TYPE: 'openai',
      COPILOT_PROVIDER_BASE_URL: `${origin}/v1`,
      COPILOT_PROVIDER_API_KEY: key,
      COPILOT_MODEL: models.main ?? '',
      COPILOT_OFFLINE: 'true',
    }),
  },
  // Its requests come from servers of its makers, which cannot reach this machine.
  { id: 'cursor', name: 'Cursor', programs: ['cursor'], support: 'none' },
  {
    id: 'goose',
    name: 'Goose',
    programs: ['goose'],
    support: 'environment',
    variables: ({ origin, key, models }) => ({
      GOOSE_PROVIDER: 'openai',
      GOOSE_MODEL: models.main ?? '',
      OPENAI_HOST: origin,
      OPENAI_API_KEY: key,
    }),
  },
  // Their keys are in the secret store of VS Code.
  { id: 'cline-vscode', name: 'Cline for VS Code', programs: [], support: 'by-hand' },
  { id: 'roo-code', name: 'Roo Code', programs: [], support: 'by-hand' },
];
