import { Button } from '@mantine/core';
import { useState } from 'react';
import { Copy } from '../../components/copy.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, callDesktop, transport } from '../../state/client.ts';
import { useDesktopRead } from '../../state/desktop.ts';
import { settingTable } from '../../state/setting-table.ts';
import { rejectedClients } from './banned-clients.tsx';
import type { Section } from './section.ts';
import { settingRowsOf } from './setting-rows.ts';

export const security: Section = {
  id: 'security',
  rows: [
    {
      id: 'management-key',
      name: (t) => t('settings.managementKey'),
      note: (t) => t('settings.managementKeyNote'),
      Control: ManagementKey,
    },
    ...settingRowsOf(settingTable, 'security'),
    rejectedClients,
  ],
};

function ManagementKey() {
  const t = useText();
  const kept = useDesktopRead('desktop.management-key.state');
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<string>();
  const replace = () =>
    attempt(t('settings.replaceFailed'), async () => {
      const { key } = await call('management-key.replace');
      setAsking(false);
      setFresh(key);
      transport.unlock?.(key, false);
      if (transport.desktop) {
        await callDesktop('desktop.management-key.keep', { key });
        await kept.refetch();
      }
      toastDone({ title: t('settings.replaced'), detail: t('settings.replacedNote') });
    });
  if (fresh !== undefined) {
    return (
      <div className="wide copyline">
        <code className="cut">{fresh}</code>
        <Copy value={fresh} what={t('settings.managementKey')} secret />
      </div>
    );
  }
  return (
    <div className="row">
      {kept.data?.kept && (
        <Button
          onClick={() => void attempt(t('settings.desktopFailed'), () => callDesktop('desktop.management-key.copy'))}
        >
          {t('common.copy')}
        </Button>
      )}
      {asking ? (
        <>
          <Button variant="subtle" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button className="danger" onClick={() => void replace()}>
            {t('settings.replaceNow')}
          </Button>
        </>
      ) : (
        <Button onClick={() => setAsking(true)}>{t('settings.replace')}</Button>
      )}
    </div>
  );
}
