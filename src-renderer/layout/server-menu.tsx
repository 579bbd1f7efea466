// What can be done with the server, from its pill in the header.
import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { copy } from '../components/copy.tsx';
import { attempt } from '../components/toast.tsx';
import { useText } from '../i18n/i18n.ts';
import { callDesktop, transport } from '../state/client.ts';
import { useServer } from '../state/server.ts';

/** Opens at once, under `children`. */
export function ServerMenu({ children }: { readonly children: ReactElement }) {
  const t = useText();
  const { address } = useServer();
  const control = (action: 'restart' | 'stop' | 'start') =>
    attempt(t('header.serverControlFailed'), () => callDesktop('desktop.server.control', { action }));
  return (
    <Menu position="bottom-start" offset={4} defaultOpened>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copy(address, t('header.baseUrl'))}>{t('header.copyBaseUrl')}</Menu.Item>
        <Menu.Item onClick={() => void copy(`${address}/v0/management`, t('header.managementUrl'))}>
          {t('header.copyManagementUrl')}
        </Menu.Item>
        {transport.desktop && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void control('restart')}>{t('header.restart')}</Menu.Item>
            <Menu.Item onClick={() => void control('stop')}>{t('header.stop')}</Menu.Item>
          </>
        )}
        {transport.forgetKey && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={transport.forgetKey}>{t('header.signOut')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
