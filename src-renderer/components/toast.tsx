// Short notes bottom right, with Undo for actions and the cause for failures.
import { text } from '../i18n/i18n.ts';
import { errorText } from './error-text.ts';
import { closeToast, closeToasts, showToast, type Toast, toastStore } from './toast-store.ts';

interface CompletedAction {
  readonly title: string;
  readonly detail?: string;
  readonly undo?: () => Promise<unknown>;
}

/** Says that something was done. Stays long enough to undo it. */
export function toastDone({ title, detail = '', undo }: CompletedAction): void {
  showToast({ status: 'ok', title, detail, undo });
}

/** Says what failed and why, until the same `action` is tried again or the page is left. */
export function toastFailed(title: string, error: unknown, action: string = title): void {
  showToast({ status: 'error', title, detail: errorText(error), action });
}

/** Takes back what a toast tells of. */
export function undoToast({ id, undo }: Toast): void {
  closeToast(id);
  if (undo) void attempt(text('toast.undoFailed'), undo);
}

/** Does something; a failure becomes a toast with the cause and `false`. What it said of an earlier attempt goes. */
export async function attempt(failure: string, action: () => Promise<unknown>): Promise<boolean> {
  const earlier = new Set(toastStore.get().filter((toast) => toast.action === failure));
  const closeEarlier = () => closeToasts((toast) => earlier.has(toast));
  try {
    await action();
    closeEarlier();
    return true;
  } catch (error) {
    closeEarlier();
    toastFailed(failure, error);
    return false;
  }
}
