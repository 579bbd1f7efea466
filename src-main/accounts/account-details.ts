// What the list of account files shows of a file beside how the account is doing.
import { createHash } from 'node:crypto';
import type { AccountFields } from '../../src-shared/account-fields.ts';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { accountOptions } from './account-options.ts';

type Details = Pick<
  AccountFile,
  | 'auth_index'
  | 'source'
  | 'created_at'
  | 'updated_at'
  | 'last_refresh'
  | 'project_id'
  | Exclude<keyof AccountFields, 'disabled'>
>;

/** What stands for an account in answers of the management API; equal over restarts. */
export const accountIndex = (fileName: string): string =>
  createHash('sha256').update(fileName).digest('hex').slice(0, 16);

/** Fields that are not as they must be are left out. */
export function accountDetails({ name, created, modified, content = {} }: AuthFile): Details {
  const { disabled: _, complaint: __, ...fields } = accountOptions(content);
  const texts = Object.entries({ last_refresh: content.last_refresh, project_id: content.project_id });
  return {
    auth_index: accountIndex(name),
    source: 'file',
    created_at: rfc3339(created.getTime()),
    updated_at: rfc3339(modified.getTime()),
    ...Object.fromEntries(texts.filter(([, value]) => typeof value === 'string' && value !== '')),
    ...fields,
    ...(fields.proxy_url !== undefined && { proxy_url: maskUrlUserInfo(fields.proxy_url) }),
  };
}
