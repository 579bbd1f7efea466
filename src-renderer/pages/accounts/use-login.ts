// One login as the drawer sees it: from the first click to the saved account, across closing and opening the drawer.
import { useState } from 'react';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { errorText } from '../../components/error-text.ts';
import { attempt } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, callDesktop, transport } from '../../state/client.ts';
import { loginStore } from '../../state/live.ts';
import { createStore, useStore } from '../../state/store.ts';
import type { OperationInput } from '../../transport/transport.ts';

type StartInput = OperationInput<'codex-login.start'>;

interface Running {
  readonly kind: 'running';
  readonly state: string;
  readonly url: string;
  readonly userCode?: string | undefined;
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly listening: boolean;
}

export type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'rejected'; readonly message: string }
  | Running
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly step: string; readonly message: string };

/** Logins that were started from this window, by provider; they go on while no drawer is open. */
const started = createStore<ReadonlyMap<string, Omit<Running, 'kind' | 'step'>>>(new Map());

const defaultSeconds = 300;

export interface Login {
  readonly phase: Phase;
  readonly start: (options: StartInput) => Promise<void>;
  readonly open: () => void;
  readonly cancel: () => Promise<void>;
  /** Hands in the address the browser ended on. */
  readonly paste: (address: string) => Promise<boolean>;
}

function remember(id: string, login: Omit<Running, 'kind' | 'step'> | undefined): void {
  const next = new Map(started.get());
  if (login) next.set(id, login);
  else next.delete(id);
  started.set(next);
}

export function useLogin(provider: SignInProvider): Login {
  const own = useStore(started).get(provider.id);
  const news = useStore(loginStore).get(own?.state ?? '');
  const [asking, setAsking] = useState<Phase>({ kind: 'idle' });

  const open = (state: string, url: string) => {
    if (transport.desktop)
      return void attempt(text('accounts.openFailed'), () => callDesktop('desktop.open-login', { state }));
    window.open(url, '_blank', 'noopener');
  };

  return {
    phase: phaseOf(),
    start: async (options) => {
      remember(provider.id, undefined);
      setAsking({ kind: 'starting' });
      try {
        const listen = options.listen ?? true;
        const { state, url, userCode, expiresIn } = await call(`${provider.signIn.login}-login.start`, {
          ...options,
          listen,
        });
        remember(provider.id, {
          state,
          url,
          userCode,
          deadline: Date.now() + (expiresIn ?? defaultSeconds) * 1000,
          listening: listen,
        });
        setAsking({ kind: 'idle' });
        open(state, url);
      } catch (error) {
        setAsking({ kind: 'rejected', message: errorText(error) });
      }
    },
    open: () => own && open(own.state, own.url),
    cancel: async () => {
      if (!own) return;
      await attempt(text('accounts.cancelFailed'), () => call('login.cancel', { state: own.state }));
      remember(provider.id, undefined);
    },
    paste: (address) =>
      attempt(text('accounts.pasteFailed'), () =>
        // A bare code works too: it belongs to the login that is waiting.
        /[?=&:]/.test(address)
          ? call('login.callback', { redirectUrl: address })
          : call('login.callback', { code: address, state: own?.state ?? '' }),
      ),
  };

  function phaseOf(): Phase {
    if (asking.kind !== 'idle' || !own) return asking;
    if (news === undefined || news.status === 'wait') return { kind: 'running', step: news?.step ?? 'waiting', ...own };
    if (news.status === 'ok') return { kind: 'done' };
    if (news.status === 'cancelled') return { kind: 'idle' };
    return { kind: 'failed', step: news.step, message: news.error ?? '' };
  }
}
