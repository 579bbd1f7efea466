// The files that hold the last failed requests, without bodies.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SideDrawer } from '../../components/drawer.tsx';
import { ago, bytes, useNow } from '../../components/format.ts';
import { maskText } from '../../components/mask.ts';
import { saveText } from '../../components/save-text.ts';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';

export function RequestLogs({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const now = useNow();
  const [opened, setOpened] = useState<string>();
  // These files come without an event: they are listed anew each time.
  const list = useQuery({
    queryKey: ['request-error-logs.list'],
    queryFn: () => call('request-error-logs.list'),
    gcTime: 0,
  });
  return (
    <SideDrawer
      title={opened ?? t('logs.failedRequests')}
      note={t('logs.failedRequestsNote')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          {opened !== undefined && <Button onClick={() => setOpened(undefined)}>{t('logs.backToList')}</Button>}
          <Button data-autofocus onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {opened !== undefined ? (
        <Content name={opened} />
      ) : (
        <Loaded query={list} failure={t('logs.failedRequestsFailed')}>
          {({ files }) =>
            files.length === 0 ? (
              <Empty title={t('logs.noFailedRequests')}>{t('logs.noFailedRequestsNote')}</Empty>
            ) : (
              <ul className="feed">
                {files.map(({ name, size, modified }) => (
                  <li key={name} className="request-log">
                    <button type="button" className="plain link cut" onClick={() => setOpened(name)}>
                      {name}
                    </button>
                    <span className="second">{bytes(size)}</span>
                    <span className="second">{ago(modified * 1000, now)}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </SideDrawer>
  );
}

function Content({ name }: { readonly name: string }) {
  const t = useText();
  const privacy = usePrivacy();
  const content = useQuery({
    queryKey: ['request-error-log', name],
    queryFn: async () => (await call('request-error-logs.get', { name })).content,
    gcTime: 0,
  });
  return (
    <Loaded query={content} failure={t('files.readFailed')}>
      {(text) => (
        <>
          <div className="row between section-head">
            <span />
            <Button size="xs" onClick={() => saveText(name, text, 'text/plain')}>
              {t('logs.save')}
            </Button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <pre className="sunken mono file-content" tabIndex={0}>
            {privacy ? maskText(text) : text}
          </pre>
        </>
      )}
    </Loaded>
  );
}
