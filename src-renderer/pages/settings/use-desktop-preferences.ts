// The preferences that the desktop app keeps.
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import { attempt } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { callDesktop, queryClient } from '../../state/client.ts';
import { useDesktopRead } from '../../state/desktop.ts';

export function useDesktopPreferences() {
  return {
    value: useDesktopRead('desktop.preferences.get').data,
    set: (change: Partial<Preferences>) =>
      attempt(text('settings.desktopFailed'), async () => {
        queryClient.setQueryData(['desktop.preferences.get'], await callDesktop('desktop.preferences.set', change));
      }),
  };
}
