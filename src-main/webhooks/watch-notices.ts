// What the program tells of: limits, failing requests, broken configs, accounts that need a new sign-in.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { LimitChange } from '../limits/account-limits.ts';
import type { Storage } from '../storage/storage.ts';
import { FailingRequests } from './failing-requests.ts';
import type { Notices } from './notices.ts';

export interface NoticeSources {
  readonly clock: Clock;
  readonly onEvent: (listener: (event: AppEvent) => void) => Disposer;
  readonly onFinished: (listener: (record: RequestRecord) => void) => Disposer;
  readonly onWindowChange: (listener: (change: LimitChange) => void) => Disposer;
  readonly storage: Pick<Storage, 'state' | 'setAside' | 'onStateChange'>;
}

export function watchNotices(notices: Notices, sources: NoticeSources): Disposer {
  const failing = new FailingRequests(sources.clock);
  const disposers = [
    sources.onWindowChange(({ kind, name, account, window }) => notices.tellOnce(name, kind, { account, window })),
    sources.onFinished((record) => {
      const found = failing.ended(record);
      if (found !== undefined) notices.tell('requests-failing', found);
    }),
    sources.onEvent(configWatcher(notices)),
    sources.onEvent(loginWatcher(notices)),
    sources.storage.onStateChange(storageWatcher(notices, sources.storage)),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}

/** Each damaged file once, and each time that nothing can be stored. */
function storageWatcher(notices: Notices, storage: Pick<Storage, 'state' | 'setAside'>): () => void {
  let before: Pick<Storage, 'state' | 'setAside'> = { state: { state: 'opening' }, setAside: undefined };
  return () => {
    const { state, setAside } = storage;
    if (setAside !== undefined && setAside !== before.setAside) notices.tell('history-damaged', { file: setAside });
    if (state.state === 'unavailable' && before.state.state !== 'unavailable')
      notices.tell('history-unavailable', { reason: state.reason });
    before = { state, setAside };
  };
}

/** Once for each broken state. */
function configWatcher(notices: Notices): (event: AppEvent) => void {
  let told = '';
  return (event) => {
    if (event.event === 'config') told = '';
    if (event.event !== 'config-broken') return;
    const { message, line, column } = event;
    const state = JSON.stringify([message, line, column]);
    if (state === told) return;
    told = state;
    notices.tell('config-invalid', { message, line, column });
  };
}

/** Once until the account works again. */
function loginWatcher(notices: Notices): (event: AppEvent) => void {
  let waiting: ReadonlySet<string> = new Set();
  return (event) => {
    if (event.event !== 'accounts') return;
    const refused = event.files.filter(({ trouble, disabled }) => trouble === 'login' && !disabled);
    for (const { name, provider } of refused) {
      if (!waiting.has(name)) notices.tell('login-needed', { account: { name, provider } });
    }
    waiting = new Set(refused.map(({ name }) => name));
  };
}
