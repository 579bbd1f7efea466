// The providers one can sign in to, and how their account files name themselves.
import type { LoginName } from '../../../src-shared/contract/logins.ts';

export interface AccountProvider {
  /** Name of its login. */
  readonly id: LoginName;
  readonly mark: string;
  readonly name: string;
  /** Values of `type` or `provider` in its account files. */
  readonly types: readonly string[];
  /** Where its sign-in page sends the browser; none for device logins. */
  readonly port?: number;
}

export const accountProviders: readonly AccountProvider[] = [
  { id: 'anthropic', mark: 'Cl', name: 'Claude', types: ['claude', 'anthropic'], port: 54545 },
  { id: 'codex', mark: 'Co', name: 'Codex', types: ['codex'], port: 1455 },
  { id: 'gemini-cli', mark: 'Ge', name: 'Gemini CLI', types: ['gemini', 'gemini-cli'], port: 8085 },
  { id: 'qwen', mark: 'Qw', name: 'Qwen', types: ['qwen'] },
  { id: 'iflow', mark: 'iF', name: 'iFlow', types: ['iflow'], port: 11451 },
];

export const providerOf = (file: { readonly type: string; readonly provider: string }): AccountProvider | undefined =>
  accountProviders.find(({ types }) => types.includes(file.provider) || types.includes(file.type));
