// How clients, and those who answered them, are called in lists of requests.
import { useMemo } from 'react';
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import {
  compatibleList,
  type ProviderId,
  providerOfType,
  providerRows,
  signInProviders,
} from '../../src-shared/providers.ts';
import { hiddenKey, maskEmail } from '../components/mask.ts';
import { useRead } from './client.ts';
import { usePrivacy } from './preferences.ts';

type KeyFields = Pick<RequestRecord, 'key_id' | 'key' | 'key_name'>;
type SourceFields = Pick<RequestRecord, 'provider' | 'source' | 'credential'>;

export interface SourceName {
  /** Two letters that stand for the provider. */
  readonly mark: string;
  readonly name: string;
}

export interface RequestNames {
  /** The label of a client's key, else its policy's name, else the masked key; a dash without keys. */
  readonly key: (record: KeyFields) => string;
  /** Undefined: nobody was asked. */
  readonly source: (record: SourceFields) => SourceName | undefined;
  /** Client keys by id, as they are called. */
  readonly keys: readonly { readonly id: string; readonly name: string }[];
}

/** E-mails and keys as the privacy switch wants them. */
export function useRequestNames(): RequestNames {
  const privacy = usePrivacy();
  const usage = useRead('client-usage.list').data?.clients;
  const labels = useRead('client-keys.list').data?.keys;
  const files = useRead('auth-files.list').data?.files;
  return useMemo(() => {
    // Both list the keys of the config in its order.
    const isSameList = usage !== undefined && usage.length === labels?.length;
    const clients = new Map(
      (usage ?? []).map(({ key_id, key, name }, index) => {
        const label = isSameList ? labels[index]?.label : undefined;
        return [key_id, label || name || (privacy ? hiddenKey : key)];
      }),
    );
    const accounts = new Map(
      (files ?? []).map(({ name, label, email, type }) => {
        const mark = providerOfType(signInProviders, type)?.mark;
        return [name, { who: label || email || name, mark }];
      }),
    );
    return {
      key: ({ key_id, key, key_name }) =>
        (key_id === null ? undefined : clients.get(key_id)) ??
        key_name ??
        (privacy && key !== null ? hiddenKey : (key ?? '–')),
      source: ({ provider, source, credential }) => {
        if (source === null) return undefined;
        const row = provider === null ? undefined : providerRows[provider as ProviderId];
        const mark = row === undefined || provider === compatibleList ? source.slice(0, 1).toUpperCase() : row.mark;
        const account = credential === null ? undefined : accounts.get(credential);
        if (account !== undefined)
          return { mark: account.mark ?? mark, name: privacy ? maskEmail(account.who) : account.who };
        if (row === undefined) return { mark, name: privacy ? maskEmail(source) : source };
        const shown = privacy ? hiddenKey : credential;
        return { mark, name: [row.title, shown].filter(Boolean).join(' ') };
      },
      keys: [...clients].map(([id, name]) => ({ id, name })),
    };
  }, [usage, labels, files, privacy]);
}
