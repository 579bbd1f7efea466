// Says why the server is not running, and offers the way out. In a browser there is no window to say so.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Banner } from '../components/page.tsx';
import { attempt } from '../components/toast.tsx';
import { useText } from '../i18n/i18n.ts';
import { call, callDesktop, invalidate } from '../state/client.ts';

export function FailedBanner({ message }: { readonly message: string }) {
  const t = useText();
  const free = useQuery({
    queryKey: ['free-port', message],
    queryFn: () => callDesktop('desktop.server.free-port'),
  }).data;
  const move = (port: number) =>
    attempt(t('settings.serverFailed'), async () => {
      await call('server-settings.set', { port });
      await invalidate('server-info.get');
    });
  const again = () =>
    attempt(t('header.serverControlFailed'), () => callDesktop('desktop.server.control', { action: 'start' }));
  return (
    <Banner
      status="error"
      actions={
        <>
          <Button onClick={() => void again()}>{t('common.tryAgain')}</Button>
          {free && (
            <Button variant="filled" onClick={() => void move(free.port)}>
              {t('banner.otherPort', { port: free.port })}
            </Button>
          )}
        </>
      }
    >
      <strong>{t('banner.failed')}</strong> {message}
    </Banner>
  );
}
