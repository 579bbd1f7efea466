// The five providers, by the name their login has and by the type their account files have.
import type { LoginName } from '../../src-shared/contract/logins.ts';
import type { LoginProvider } from './login-provider.ts';
import { anthropic } from './providers/anthropic.ts';
import { codex } from './providers/codex.ts';
import { geminiCli } from './providers/gemini-cli.ts';
import { iflow } from './providers/iflow.ts';
import { qwen } from './providers/qwen.ts';

export const loginProviders: Readonly<Record<LoginName, LoginProvider>> = {
  anthropic,
  codex,
  'gemini-cli': geminiCli,
  qwen,
  iflow,
};

const byType = new Map(Object.values(loginProviders).map((provider) => [provider.type, provider]));

/** The provider of account files with this `type`, written in any case. `gemini-cli` is another name for `gemini`. */
export function providerOfType(type: string): LoginProvider | undefined {
  const known = type.toLowerCase();
  return byType.get(known === 'gemini-cli' ? 'gemini' : known);
}

/** Names that clients use for a provider when they hand in an answer. */
const aliases: Readonly<Record<string, LoginName>> = {
  claude: 'anthropic',
  openai: 'codex',
  gemini: 'gemini-cli',
  google: 'gemini-cli',
  'i-flow': 'iflow',
};

/** The login a client means; `undefined` for a name nobody knows. */
export function loginNamed(name: string): LoginName | undefined {
  const known = name.trim().toLowerCase();
  if (Object.hasOwn(loginProviders, known)) return known as LoginName;
  return Object.hasOwn(aliases, known) ? aliases[known] : undefined;
}
