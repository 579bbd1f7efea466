// The toasts on screen: at most three, each for as long as somebody can have read it.
import { createStore } from '../state/store.ts';

export interface Toast {
  readonly id: number;
  readonly status: 'ok' | 'error';
  readonly title: string;
  readonly detail: string;
  readonly undo?: (() => Promise<unknown>) | undefined;
  /** What failed, in the words of its error; the same action's success makes the error old. */
  readonly action?: string | undefined;
  /** The page it was shown on. */
  readonly page: string;
}

const maxToasts = 3;

export const toastStore = createStore<readonly Toast[]>([]);

let lastId = 0;

/** `#/files/a.json` is on the page `files`. */
export const currentPage = (): string => location.hash.split('/')[1] ?? '';

export function showToast(toast: Omit<Toast, 'id' | 'page'>): void {
  lastId += 1;
  const shown = [...toastStore.get(), { ...toast, id: lastId, page: currentPage() }];
  toastStore.set(shown.length > maxToasts ? without(shown, leastNeeded(shown)) : shown);
}

/** The oldest that can be missed: news first, then an error, and what can be undone last. Never the newest. */
function leastNeeded(shown: readonly Toast[]): Toast | undefined {
  const older = shown.slice(0, -1);
  return (
    older.find(({ status, undo }) => status === 'ok' && !undo) ??
    older.find(({ status }) => status === 'error') ??
    older[0]
  );
}

const without = (shown: readonly Toast[], gone: Toast | undefined) => shown.filter((toast) => toast !== gone);

export const closeToast = (id: number): void => closeToasts((toast) => toast.id === id);

export const closeToasts = (isOld: (toast: Toast) => boolean): void =>
  toastStore.set(toastStore.get().filter((toast) => !isOld(toast)));

/** The newest action that can still be taken back. */
export const lastUndo = (): Toast | undefined => toastStore.get().findLast(({ undo }) => undo !== undefined);
