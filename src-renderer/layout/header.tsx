// The header strip: the server's state and address, search, and the privacy switch.
import { ActionIcon, Menu } from '@mantine/core';
import { IconChevronDown, IconEye, IconEyeOff, IconSearch } from '@tabler/icons-react';
import { copy } from '../components/copy.tsx';
import { StatusIcon } from '../components/status-icon.tsx';
import { attempt } from '../components/toast.tsx';
import { useText } from '../i18n/i18n.ts';
import { callDesktop, transport } from '../state/client.ts';
import { setPreference, usePrivacy } from '../state/preferences.ts';
import { useServer } from '../state/server.ts';
import { paletteKeys, paletteStore } from './shortcuts.ts';

export function Header() {
  const t = useText();
  return (
    <div className="bar">
      <ServerPill />
      <span className="grow" />
      <button type="button" className="search" aria-keyshortcuts="Control+K" onClick={() => paletteStore.set(true)}>
        <IconSearch size={14} stroke={1.5} />
        <span className="grow cut long">{t('header.search')}</span>
        <span className="grow short">{t('header.searchShort')}</span>
        <span className="kbd">{paletteKeys}</span>
      </button>
      <PrivacySwitch />
    </div>
  );
}

function PrivacySwitch() {
  const t = useText();
  const privacy = usePrivacy();
  return (
    <ActionIcon
      className="privacy"
      aria-label={t('header.privacy')}
      aria-pressed={privacy}
      title={t('header.privacy')}
      onClick={() => setPreference('privacy', !privacy)}
    >
      {privacy ? <IconEyeOff size={16} stroke={1.5} /> : <IconEye size={16} stroke={1.5} />}
    </ActionIcon>
  );
}

function ServerPill() {
  const t = useText();
  const { status, label, address, host } = useServer();
  const control = (action: 'restart' | 'stop' | 'start') =>
    attempt(t('header.serverControlFailed'), () => callDesktop('desktop.server.control', { action }));
  return (
    <Menu position="bottom-start" offset={4}>
      <Menu.Target>
        <button type="button" className="pill">
          <StatusIcon status={status} />
          <span className="strong">{label}</span>
          <code className="dim">{host}</code>
          <IconChevronDown size={14} stroke={1.5} />
        </button>
      </Menu.Target>
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
