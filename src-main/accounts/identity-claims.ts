// What an identity token in an account file says of the account. Its signature is not checked: it grants nothing here.
import { isObject, parseJson } from '../../src-shared/json.ts';
import type { Fields } from '../net/provider-request.ts';

/** A token is a few thousand characters. */
const maxTokenLength = 64 * 1024;
const openAiClaims = 'https://api.openai.com/auth';
const shown = [
  'chatgpt_account_id',
  'chatgpt_plan_type',
  'chatgpt_subscription_active_start',
  'chatgpt_subscription_active_until',
];

export interface IdentityClaims {
  readonly plan: string;
  /** By the names that CLIProxyAPI gives them. */
  readonly claims: Readonly<Record<string, string>>;
}

/** Empty for what the file and its token do not say. */
export function identityClaims(content: Fields): IdentityClaims {
  const token =
    typeof content.id_token === 'string' && content.id_token.length <= maxTokenLength ? content.id_token : '';
  const [, payload = ''] = token.split('.');
  const all = payload === '' ? undefined : parseJson(Buffer.from(payload, 'base64url').toString());
  const auth = isObject(all) ? all[openAiClaims] : undefined;
  const found = shown.flatMap((name): [string, string][] => {
    const value = isObject(auth) ? auth[name] : undefined;
    return typeof value === 'string' && value !== '' ? [[name.replace('chatgpt_plan', 'plan'), value]] : [];
  });
  const claims = Object.fromEntries(found);
  const own = typeof content.plan_type === 'string' ? content.plan_type.trim() : '';
  return { plan: (own || (claims.plan_type ?? '')).toLowerCase(), claims };
}
