// What only the desktop app offers at the start: the kept management key, and how the app starts and closes.
import { Button, Checkbox } from '@mantine/core';
import { Head } from '../../components/page.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { callDesktop } from '../../state/client.ts';
import { useDesktopRead } from '../../state/desktop.ts';

export function DesktopStart() {
  const t = useText();
  const key = useDesktopRead('desktop.management-key.state').data;
  const preferences = useDesktopRead('desktop.preferences.get');
  const set = (change: { readonly startAtLogin?: boolean; readonly onClose?: 'keep' | 'quit' }) =>
    attempt(t('settings.desktopFailed'), async () => {
      await callDesktop('desktop.preferences.set', change);
      await preferences.refetch();
    });
  return (
    <>
      {key?.kept && (
        <section className="sunken connect">
          <Head>{t('settings.managementKey')}</Head>
          <div className="row between">
            <code>{key.hint}</code>
            <Button
              size="xs"
              onClick={() =>
                void attempt(t('settings.desktopFailed'), () => callDesktop('desktop.management-key.copy'))
              }
            >
              {t('common.copy')}
            </Button>
          </div>
          <p className="second">{t('home.first.managementKeyNote')}</p>
        </section>
      )}
      {preferences.data && (
        <section>
          <Head>{t('home.first.before')}</Head>
          <div className="checks">
            <Checkbox
              label={t('home.first.startAtLogin')}
              checked={preferences.data.startAtLogin}
              onChange={(event) => void set({ startAtLogin: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('home.first.keepRunning')}
              checked={preferences.data.onClose === 'keep'}
              onChange={(event) => void set({ onClose: event.currentTarget.checked ? 'keep' : 'quit' })}
            />
          </div>
          <p className="second">{t('home.first.changeLater')}</p>
        </section>
      )}
    </>
  );
}
