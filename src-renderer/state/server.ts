// The server's state in one shape and one phrase.

import type { Tone } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { brokenStore, linkStore, serverStore } from './live.ts';
import { useStore } from './store.ts';

export interface ServerWords {
  readonly tone: Tone;
  readonly words: string;
  /** Base address for clients. */
  readonly address: string;
  /** The same without its scheme, as it is shown. */
  readonly host: string;
  /** What to do, where the server says so. */
  readonly message: string;
}

const tones = { starting: 'busy', running: 'ok', stopping: 'busy', stopped: 'off', failed: 'error' } as const;

export function useServer(): ServerWords {
  const t = useText();
  const link = useStore(linkStore);
  const server = useStore(serverStore);
  const broken = useStore(brokenStore);
  const address = server?.address ?? location.origin;
  const host = address.replace(/^https?:\/\//, '');
  const about = { address, host, message: server?.message ?? '' };
  if (link.state === 'lost') return { ...about, tone: 'error', words: t('server.lost') };
  if (link.state === 'connecting' || server === undefined)
    return { ...about, tone: 'busy', words: t('server.connecting') };
  if (broken && server.state === 'running') return { ...about, tone: 'warn', words: t('server.oldConfig') };
  if (server.message && server.state === 'running') return { ...about, tone: 'warn', words: t('server.running') };
  return { ...about, tone: tones[server.state], words: t(`server.${server.state}`) };
}
