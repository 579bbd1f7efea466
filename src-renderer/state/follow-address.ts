// Keeps a page in the browser with its server when that moves to another address.
import { toastDone } from '../components/toast.tsx';
import { text } from '../i18n/i18n.ts';
import { handoverFragment, receiveHandover } from '../transport/handover.ts';
import { keptKey } from '../transport/key-store.ts';
import { movedOrigin } from '../transport/moved-address.ts';
import { transport } from './client.ts';
import { configDraftStore, isUnsaved, replaceDraft } from './config-draft.ts';
import { serverStore } from './live.ts';
import { preferencesStore, restorePreferences } from './preferences.ts';

/** Goes on where the page stood at its former address, and whether it has moved. To be called before anything is read. */
export async function continueAfterMove(): Promise<boolean> {
  const handover = await receiveHandover();
  if (handover === undefined) return false;
  const { key, remember, preferences, draft } = handover;
  if (key !== '') transport.unlock?.(key, remember);
  restorePreferences(preferences);
  if (draft) replaceDraft(draft.text, draft.base);
  return true;
}

/** Says that the page has moved, once there are words. */
export const tellMove = (): void => toastDone({ title: text('server.moved', { host: location.host }) });

/** Goes where the server goes. Unsaved edits go along; where they cannot, the browser asks. */
export function followAddress(): void {
  let before = serverStore.get()?.address;
  serverStore.subscribe(() => {
    const server = serverStore.get();
    if (server?.state !== 'running') return;
    const origin = before === undefined ? undefined : movedOrigin(location.href, before, server.address);
    before = server.address;
    if (origin !== undefined) move(origin).catch((error: unknown) => console.error(error));
  });
}

async function move(origin: string): Promise<void> {
  const state = configDraftStore.get();
  const draft = isUnsaved(state) ? { base: state.base ?? '', text: state.text } : undefined;
  const { hash, pathname } = location;
  const preferences = JSON.stringify(preferencesStore.get());
  const fragment = await handoverFragment({ ...keptKey(), preferences, draft, hash });
  // What goes along is not lost here.
  if (fragment !== '' && draft) replaceDraft(draft.base, draft.base);
  location.replace(origin + pathname + (fragment || hash));
}
