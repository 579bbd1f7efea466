// The preferences that the desktop shell keeps.
import type { Preferences } from '../../../src-shared/shell-contract.ts';
import { text } from '../../i18n/i18n.ts';
import { attempt } from '../../parts/toast.tsx';
import { queryClient, shell } from '../../state/client.ts';
import { useShell } from '../../state/desktop.ts';

export function useDesktopPreferences() {
  return {
    value: useShell('shell.preferences.get').data,
    set: (change: Partial<Preferences>) =>
      attempt(text('settings.shellFailed'), async () => {
        queryClient.setQueryData(['shell.preferences.get'], await shell('shell.preferences.set', change));
      }),
  };
}
