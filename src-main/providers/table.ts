// The file of every row of `src-shared/providers.ts`. Written by `npm run generate`.
import type { ProviderId } from '../../src-shared/providers.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { gemini } from './gemini.ts';
import { geminiCli } from './gemini-cli.ts';
import { iflow } from './iflow.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import type { Provider } from './provider.ts';
import { qwen } from './qwen.ts';
import { vertex } from './vertex.ts';
import { xai } from './xai.ts';

export const providersById: Readonly<Record<ProviderId, Provider>> = {
  gemini,
  claude,
  codex,
  'gemini-cli': geminiCli,
  xai,
  openrouter,
  qwen,
  iflow,
  vertex,
  openai,
};
