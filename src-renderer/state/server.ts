// The server's state as one icon and one label.

import type { Status } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { invalidConfigStore, linkStore, serverStore } from './live.ts';
import { useStore } from './store.ts';

export interface ServerSummary {
  readonly status: Status;
  readonly label: string;
  /** Base address for clients. */
  readonly address: string;
  /** The same without its scheme, as it is shown. */
  readonly host: string;
  /** What to do, where the server says so. */
  readonly message: string;
}

const statuses = { starting: 'busy', running: 'ok', stopping: 'busy', stopped: 'off', failed: 'error' } as const;

export function useServer(): ServerSummary {
  const t = useText();
  const link = useStore(linkStore);
  const server = useStore(serverStore);
  const invalid = useStore(invalidConfigStore);
  const address = server?.address ?? location.origin;
  const host = address.replace(/^https?:\/\//, '');
  const about = { address, host, message: server?.message ?? '' };
  if (link.state === 'lost') return { ...about, status: 'error', label: t('server.lost') };
  if (link.state === 'connecting' || server === undefined)
    return { ...about, status: 'busy', label: t('server.connecting') };
  if (invalid && server.state === 'running') return { ...about, status: 'warn', label: t('server.oldConfig') };
  if (server.message && server.state === 'running') return { ...about, status: 'warn', label: t('server.running') };
  return { ...about, status: statuses[server.state], label: t(`server.${server.state}`) };
}
