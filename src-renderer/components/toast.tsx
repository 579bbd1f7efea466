// Short notes bottom right: one at a time, with Undo for actions and the cause for failures.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { text } from '../i18n/i18n.ts';
import { errorText } from './error-text.ts';
import { StatusIcon } from './status-icon.tsx';

interface CompletedAction {
  readonly title: string;
  readonly detail?: string;
  readonly undo?: () => Promise<unknown>;
}

/** Says that something was done. Stays long enough to undo it. */
export function toastDone({ title, detail, undo }: CompletedAction): void {
  const id = notifications.show({
    title,
    icon: <StatusIcon status="ok" />,
    autoClose: undo ? 10_000 : 5_000,
    closeButtonProps: { 'aria-label': text('common.close') },
    message: (
      <span className="row between">
        <span>{detail}</span>
        {undo && (
          <Button
            size="xs"
            onClick={() => {
              notifications.hide(id);
              void attempt(text('toast.undoFailed'), undo);
            }}
          >
            {text('common.undo')}
          </Button>
        )}
      </span>
    ),
  });
}

/** Says what failed and why; stays until closed. */
export function toastFailed(title: string, error: unknown): void {
  notifications.show({
    title,
    message: errorText(error),
    icon: <StatusIcon status="error" />,
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': text('common.close') },
  });
}

/** Does something; a failure becomes a toast with the cause and `false`. */
export async function attempt(failure: string, action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    toastFailed(failure, error);
    return false;
  }
}
