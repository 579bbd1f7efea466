// The control of who may manage the server.
import { Switch } from '@mantine/core';
import { attempt } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';

export function AllowRemote({ label }: { readonly label: string }) {
  return (
    <Switch
      aria-label={label}
      checked={useRead('server-info.get').data?.allowRemote ?? false}
      onChange={(event) => {
        const allowRemote = event.currentTarget.checked;
        void attempt(text('settings.serverFailed'), async () => {
          await call('server-settings.set', { allowRemote });
          await invalidate('server-info.get');
        });
      }}
    />
  );
}
