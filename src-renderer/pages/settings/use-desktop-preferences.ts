// The preferences that the desktop shell keeps.
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import { attempt } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { queryClient, shell } from '../../state/client.ts';
import { useShell } from '../../state/desktop.ts';

export function useDesktopPreferences() {
  return {
    value: useShell('desktop.preferences.get').data,
    set: (change: Partial<Preferences>) =>
      attempt(text('settings.desktopFailed'), async () => {
        queryClient.setQueryData(['desktop.preferences.get'], await shell('desktop.preferences.set', change));
      }),
  };
}
