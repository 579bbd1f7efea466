// The left sidebar: pages, and where something needs the person.
import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { type Status, StatusIcon } from '../components/status-icon.tsx';
import { useText } from '../i18n/i18n.ts';
import { needsPerson } from '../pages/tools/tool-state.ts';
import { useRead } from '../state/client.ts';
import { useUnsavedConfig } from '../state/config-draft.ts';
import { invalidConfigStore } from '../state/live.ts';
import { useStore } from '../state/store.ts';
import { groups, type PageId, pageList } from './page-list.ts';
import { pages } from './pages.ts';

const Glyph = () => (
  <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden="true">
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Z M3 4h3l4 4-4 4H3l4-4Z M10 10h3v2h-3Z"
    />
  </svg>
);

interface Alert {
  readonly status: Status;
  readonly count: number;
}

function useAlerts(): Partial<Record<PageId, Alert>> {
  const files = useRead('auth-files.list').data?.files ?? [];
  const agents = useRead('agents.list').data?.agents ?? [];
  const invalid = useStore(invalidConfigStore);
  const failing = files.filter((file) => file.trouble === 'login' && !file.disabled).length;
  const changed = agents.filter(needsPerson).length;
  return {
    ...(failing > 0 && { accounts: { status: 'warn', count: failing } }),
    ...(changed > 0 && { tools: { status: 'warn', count: changed } }),
    ...(invalid && { config: { status: 'error', count: 1 } }),
  };
}

export function Sidebar() {
  const t = useText();
  const { pathname } = useLocation();
  const alerts = useAlerts();
  const unsaved = useUnsavedConfig();
  return (
    <nav className="sidebar" aria-label={t('sidebar.label')}>
      <button type="button" className="skip-link" onClick={focusTitle}>
        {t('sidebar.skip')}
      </button>
      <div className="brand">
        <Glyph />
        <span>CLI Proxy Desktop</span>
      </div>
      {groups.map((group) => (
        <div className="sidebar-group" key={group ?? 'top'}>
          {group && <span className="second">{t(`sidebar.groups.${group}`)}</span>}
          {pageList
            .filter((page) => page.group === group)
            .map(({ id }) => {
              const { Icon, load } = pages[id];
              const alert = alerts[id];
              const name = t(`pages.${id}`);
              const edited = id === 'config' && unsaved;
              const label = alert
                ? t('sidebar.pageWithAlerts', { page: name, count: alert.count })
                : edited
                  ? t('sidebar.pageUnsaved', { page: name })
                  : name;
              const active = pathname === `/${id}` || pathname.startsWith(`/${id}/`);
              return (
                <NavLink
                  key={id}
                  component={Link}
                  to={`/${id}`}
                  label={name}
                  title={label}
                  active={active}
                  aria-current={active ? 'page' : undefined}
                  aria-label={label}
                  onPointerEnter={() => void load()}
                  leftSection={<Icon size={16} stroke={1.5} />}
                  rightSection={alert ? <AlertMark {...alert} /> : edited && <UnsavedMark />}
                />
              );
            })}
        </div>
      ))}
      <div className="sidebar-foot second">{t('sidebar.version', { version: __APP_VERSION__ })}</div>
    </nav>
  );
}

const AlertMark = ({ status, count }: Alert) => (
  <span className={`row second sidebar-alert t-${status}`}>
    <span className="count">{count}</span>
    <StatusIcon status={status} />
  </span>
);

/** Edits that are not in the file yet. */
const UnsavedMark = () => (
  <svg className="unsaved-mark" aria-hidden="true" width={6} height={6} viewBox="0 0 6 6">
    <circle cx="3" cy="3" r="3" fill="currentColor" />
  </svg>
);

/** The pages' addresses stand behind the `#` that a link to a part of the page would need. */
function focusTitle(): void {
  const title = document.querySelector<HTMLElement>('main h1');
  if (title === null) return;
  title.tabIndex = -1;
  title.focus();
}
