// The header strip: the server's state and address, search, and the privacy switch.
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconEye, IconEyeOff, IconMenu2, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { StatusIcon } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { useOpenNetwork } from '../state/network.ts';
import { setPreference, usePrivacy } from '../state/preferences.ts';
import { useServer } from '../state/server.ts';
import { paletteKeys, paletteStore } from './shortcuts.ts';

export function Header() {
  const t = useText();
  return (
    <div className="bar">
      <NarrowMenu />
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

const PageSheet = lazy(async () => ({ default: (await import('./page-sheet.tsx')).PageSheet }));

/** In a narrow window the pages are a sheet behind this button. */
function NarrowMenu() {
  const t = useText();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActionIcon
        className="open-menu"
        aria-label={t('sidebar.label')}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        <IconMenu2 size={16} stroke={1.5} />
      </ActionIcon>
      {opened && (
        <Suspense>
          <PageSheet onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
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

const loadMenu = async () => ({ default: (await import('./server-menu.tsx')).ServerMenu });
const ServerMenu = lazy(loadMenu);

/** Its menu is fetched when somebody is about to open it. */
function ServerPill() {
  const t = useText();
  const { status, label, host } = useServer();
  const open = useOpenNetwork();
  const [used, setUsed] = useState(false);
  const content = (
    <>
      <StatusIcon status={status} />
      <span className="strong">{label}</span>
      {open && (
        <span className="status dim wide-only">
          <StatusIcon status={open.encrypted ? 'off' : 'warn'} />
          {t('network.open')}
        </span>
      )}
      <code className="dim">{host}</code>
      <IconChevronDown size={14} stroke={1.5} />
    </>
  );
  const closed = (
    <button
      type="button"
      className="pill"
      aria-haspopup="menu"
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setUsed(true)}
    >
      {content}
    </button>
  );
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <ServerMenu>
        <button type="button" className="pill">
          {content}
        </button>
      </ServerMenu>
    </Suspense>
  );
}
