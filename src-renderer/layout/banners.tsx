// States that last and want an answer, under the header strip of every page.
import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { bytes, clock, span, useNow } from '../components/format.ts';
import { Banner } from '../components/page.tsx';
import { attempt } from '../components/toast.tsx';
import { useText } from '../i18n/i18n.ts';
import { call, transport, useRead } from '../state/client.ts';
import { invalidConfigStore, linkStore, serverStore } from '../state/live.ts';
import { useServer } from '../state/server.ts';
import { setSetting, useSetting } from '../state/settings.ts';
import { useStore } from '../state/store.ts';
import { useAutoOff } from '../state/timed-settings.ts';

/** Seldom needed, so it is not part of the first page. */
const FailedBanner = lazy(async () => ({ default: (await import('./failed-banner.tsx')).FailedBanner }));

export function Banners() {
  const link = useStore(linkStore);
  const invalid = useStore(invalidConfigStore);
  const { message } = useServer();
  const failed = useStore(serverStore)?.state === 'failed';
  const requestLog = useSetting('request-log');
  if (link.state === 'lost') return <LostBanner since={link.since} />;
  if (invalid) return <InvalidConfigBanner {...invalid} />;
  if (failed && transport.desktop) {
    return (
      <Suspense>
        <FailedBanner message={message} />
      </Suspense>
    );
  }
  if (message !== '') return <Banner status="warn">{message}</Banner>;
  return requestLog ? <RequestLogBanner /> : null;
}

function LostBanner({ since }: { readonly since: number }) {
  const t = useText();
  return (
    <Banner status="error">
      <strong>{t('banner.lost')}</strong> {t('banner.lostDetail', { time: clock(since) })}
    </Banner>
  );
}

interface InvalidConfigProps {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

function InvalidConfigBanner({ message, line }: InvalidConfigProps) {
  const t = useText();
  const navigate = useNavigate();
  const stopped = useStore(serverStore)?.state === 'failed';
  const read = useRead('server-info.get').data?.configRead;
  const kept = read ? t('banner.configInvalidSince', { time: clock(read) }) : t('banner.configInvalid');
  const cause = stopped ? t('banner.configInvalidStopped') : kept;
  const restore = () =>
    attempt(t('banner.restoreFailed'), async () => {
      const [newest] = (await call('config-history.list')).versions;
      if (newest === undefined) throw new Error(t('banner.noVersion'));
      await call('config-yaml.put', await call('config-history.get', { id: newest.id }));
    });
  return (
    <Banner
      status="error"
      actions={
        <>
          <Button onClick={() => void restore()}>{t('banner.restore')}</Button>
          <Button variant="filled" onClick={() => void navigate(`/config/${line}`)}>
            {line > 0 ? t('banner.showLine', { line }) : t('banner.showConfig')}
          </Button>
        </>
      }
    >
      <strong>{cause}</strong>
      <div>{message}</div>
    </Banner>
  );
}

function RequestLogBanner() {
  const t = useText();
  const now = useNow();
  const until = useAutoOff('request-log');
  const info = useRead('server-info.get').data;
  return (
    <Banner
      status="warn"
      actions={<Button onClick={() => void setSetting('request-log', false)}>{t('banner.turnOff')}</Button>}
    >
      <strong>{t('banner.requestLog')}</strong>{' '}
      {info ? t('banner.requestLogSize', { size: bytes(info.logBytes) }) : t('banner.requestLogDetail')}{' '}
      {until && t('banner.offIn', { time: span(Date.parse(until) - now) })}
    </Banner>
  );
}
