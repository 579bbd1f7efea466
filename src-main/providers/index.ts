// The table of providers, one file each. The compiler asks for the file of every row of `src-shared/providers.ts`.
import { type ProviderId, providerOfType, providerRows } from '../../src-shared/providers.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { gemini } from './gemini.ts';
import { geminiCli } from './gemini-cli.ts';
import { iflow } from './iflow.ts';
import { openai } from './openai.ts';
import type { Provider } from './provider.ts';
import { qwen } from './qwen.ts';
import { vertex } from './vertex.ts';
import { xai } from './xai.ts';

const byId: Readonly<Record<ProviderId, Provider>> = {
  gemini,
  claude,
  codex,
  'gemini-cli': geminiCli,
  qwen,
  iflow,
  vertex,
  xai,
  openai,
};

/** In the order of their rows. */
export const providers: readonly Provider[] = Object.keys(providerRows).map((id) => byId[id as ProviderId]);

/** The provider of a channel of models, by its id or another name; case does not matter. */
export function providerOfChannel(among: readonly Provider[], channel: string): Provider | undefined {
  const name = channel.trim().toLowerCase();
  return among.find(
    ({ row, models }) => models.family !== undefined && (row.id === name || models.channels?.includes(name)),
  );
}

/** The provider of account files with this `type`. */
export function providerOfFile(among: readonly Provider[], type: string): Provider | undefined {
  const row = providerOfType(
    among.map((provider) => provider.row),
    type,
  );
  return among.find((provider) => provider.row === row);
}
