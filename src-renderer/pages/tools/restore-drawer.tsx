// Takes out of a tool's files what was written, after a look at it.
import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import { Changes } from './changes.tsx';

interface RestoreDrawerProps {
  readonly agent: Agent;
  readonly onClose: () => void;
}

export function RestoreDrawer({ agent: { id, name, filesConversations }, onClose }: RestoreDrawerProps) {
  const t = useText();
  const [isRestoring, setRestoring] = useState(false);
  const [keepProvider, setKeepProvider] = useState(false);
  const preview = useQuery({
    queryKey: ['agents.preview', id, 'restore', keepProvider],
    queryFn: () => call('agents.preview', { id, action: 'restore', keepProvider }),
    gcTime: 0,
  });
  const restore = async () => {
    setRestoring(true);
    const done = await attempt(t('tools.restoreDrawer.failed', { name }), () =>
      call('agents.restore', { id, keepProvider }),
    );
    await invalidate('agents.list');
    setRestoring(false);
    if (!done) return;
    toastDone({ title: t('tools.restoreDrawer.done', { name }) });
    onClose();
  };
  const kept = preview.data?.kept ?? [];
  return (
    <SideDrawer
      title={t('tools.restoreDrawer.title', { name })}
      note={t('tools.restoreDrawer.note')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="filled"
            data-autofocus
            disabled={isRestoring || preview.data === undefined}
            onClick={() => void restore()}
          >
            {t('tools.restore')}
          </Button>
        </>
      }
    >
      {filesConversations && (
        <Checkbox
          mb={16}
          label={t('tools.restoreDrawer.keepProvider')}
          description={t('tools.restoreDrawer.keepProviderNote', { name })}
          checked={keepProvider}
          onChange={(event) => setKeepProvider(event.currentTarget.checked)}
        />
      )}
      {preview.error ? (
        <Failed title={t('tools.drawer.previewFailed')} error={preview.error} onRetry={preview.refetch} />
      ) : preview.data === undefined ? (
        <Loading rows={6} />
      ) : (
        <div className="form">
          <Changes changes={preview.data.changes} nothing={t('tools.restoreDrawer.nothing')} />
          {kept.length > 0 && (
            <p className="dim">{t('tools.restoreDrawer.kept', { keys: kept.map(({ key }) => key).join(', ') })}</p>
          )}
        </div>
      )}
    </SideDrawer>
  );
}
