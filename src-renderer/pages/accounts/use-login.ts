// One login as the drawer sees it: from the first click to the saved account, across closing and opening the drawer.
import { useState } from 'react';
import type { LoginFlow } from '../../../src-shared/provider-row.ts';
import type { LoginName, SignInProvider } from '../../../src-shared/providers.ts';
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
  readonly flow: LoginFlow;
}

export type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'rejected'; readonly message: string }
  | Running
  | { readonly kind: 'done'; readonly account: string; readonly file: string }
  | { readonly kind: 'failed'; readonly step: string; readonly message: string };

/** Logins that were started from this window, by provider; they go on while no drawer is open. */
const begun = createStore<ReadonlyMap<string, Omit<Running, 'kind' | 'step'>>>(new Map());

const defaultSeconds = 300;

export interface Login {
  readonly phase: Phase;
  readonly start: (options: StartInput) => Promise<void>;
  readonly open: () => void;
  readonly cancel: () => Promise<void>;
  /** Begins again after a login that has ended. */
  readonly forget: () => void;
  /** Hands in the address the browser ended on, or the code that the page shows. */
  readonly paste: (pasted: string) => Promise<boolean>;
}

function remember(id: string, login: Omit<Running, 'kind' | 'step'> | undefined): void {
  const next = new Map(begun.get());
  if (login) next.set(id, login);
  else next.delete(id);
  begun.set(next);
}

export function useLogin(provider: SignInProvider): Login {
  const own = useStore(begun).get(provider.id);
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
        const started = await call(`${provider.signIn.login as LoginName}-login.start`, {
          ...options,
          listen,
        });
        const flow = started.flow ?? options.flow ?? 'browser';
        remember(provider.id, {
          state: started.state,
          url: started.url,
          userCode: started.user_code,
          deadline: Date.now() + (started.expires_in ?? defaultSeconds) * 1000,
          listening: listen && flow === 'browser' && provider.signIn.callbackPort !== undefined,
          flow,
        });
        setAsking({ kind: 'idle' });
        // A device code has to be seen before the page that asks for it.
        if (flow !== 'device') open(started.state, started.url);
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
    forget: () => remember(provider.id, undefined),
    paste: (pasted) =>
      attempt(text('accounts.pasteFailed'), () =>
        // A bare code works too: it belongs to the login that is waiting.
        /[?=&:]/.test(pasted)
          ? call('login.callback', { redirectUrl: pasted })
          : call('login.callback', { code: pasted, state: own?.state ?? '' }),
      ),
  };

  function phaseOf(): Phase {
    if (asking.kind !== 'idle' || !own) return asking;
    if (news === undefined || news.status === 'wait') return { kind: 'running', step: news?.step ?? 'waiting', ...own };
    if (news.status === 'ok') return { kind: 'done', account: news.account ?? '', file: news.file ?? '' };
    if (news.status === 'cancelled') return { kind: 'idle' };
    return { kind: 'failed', step: news.step, message: news.error ?? '' };
  }
}
