// An account as the program uses it, made from its file.
import { createHash } from 'node:crypto';
import { providerOfType, signInProviders } from '../../src-shared/providers.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import type { Fields } from '../net/provider-request.ts';
import { type AccountOptions, accountOptions } from './account-options.ts';

export interface Account {
  /** The file's name. */
  readonly name: string;
  /** What stands for it in answers of the management API; equal over restarts. */
  readonly index: string;
  /** The id of a provider, or the `type` of a file of none we know. */
  readonly provider: string;
  readonly email: string;
  /** What people recognise it by. */
  readonly label: string;
  readonly disabled: boolean;
  /** What its user set in the file. */
  readonly options: AccountOptions;
  readonly content: Fields;
}

/** By the type and place of a file, whether it is an account or not: as CLIProxyAPI makes it. */
export function accountIndex({ name, path, type }: Pick<AuthFile, 'name' | 'path' | 'type'>): string {
  const kind = type.trim().toLowerCase();
  const text = kind === '' ? `id:${name}` : `${kind}:${path}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** `undefined` for a file that is no account: not a JSON object, or without a type. */
export function accountOf({
  name,
  path,
  type,
  content,
}: Pick<AuthFile, 'name' | 'path' | 'type' | 'content'>): Account | undefined {
  if (content === undefined) return undefined;
  const text = (field: string) => (typeof content[field] === 'string' ? (content[field] as string).trim() : '');
  const provider = providerName(text('type'));
  if (provider === '') return undefined;
  return {
    name,
    index: accountIndex({ name, path, type }),
    provider,
    email: text('email'),
    label: text('email') || text('label') || text('user_id') || provider,
    disabled: content.disabled === true,
    options: accountOptions(content),
    content,
  };
}

/** The provider behind a file's `type`; `''` for a file without one. */
export function providerName(type: string): string {
  return providerOfType(signInProviders, type)?.id ?? type.trim().toLowerCase();
}
