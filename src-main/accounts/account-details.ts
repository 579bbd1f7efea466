// What the list of account files shows of a file beside how the account is doing.
import type { AccountFields } from '../../src-shared/account-fields.ts';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { accountIndex } from './account.ts';
import { accountOptions } from './account-options.ts';
import { identityClaims } from './identity-claims.ts';
import { lastRefreshOf } from './token-times.ts';

type Details = Pick<
  AccountFile,
  | 'auth_index'
  | 'source'
  | 'created_at'
  | 'updated_at'
  | 'last_refresh'
  | 'project_id'
  | 'account_type'
  | 'account'
  | 'plan'
  | 'id_token'
  | 'runtime_only'
  | Exclude<keyof AccountFields, 'disabled'>
>;

const fieldText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Fields that are not as they must be are left out. */
export function accountDetails(file: AuthFile): Details {
  const { created, modified, content = {} } = file;
  const { disabled: _, complaint: __, ...fields } = accountOptions(content);
  const { plan, claims } = identityClaims(content);
  const refreshed = lastRefreshOf(content);
  const account = fieldText(content.email);
  const projectId = fieldText(content.project_id);
  return {
    auth_index: accountIndex(file),
    source: 'file',
    created_at: rfc3339(created.getTime()),
    updated_at: rfc3339(modified.getTime()),
    runtime_only: false,
    ...(refreshed !== undefined && { last_refresh: rfc3339(refreshed) }),
    ...(projectId !== '' && { project_id: projectId }),
    ...(account !== '' && { account_type: 'oauth', account }),
    ...(plan !== '' && { plan }),
    ...(Object.keys(claims).length > 0 && { id_token: claims }),
    ...fields,
    ...(fields.proxy_url !== undefined && { proxy_url: maskUrlUserInfo(fields.proxy_url) }),
  };
}
