// What needs the person, each with the page where it is fixed.
import { Link } from 'react-router';
import { noticeText } from '../../components/notice-text.ts';
import { OpenNetwork } from '../../components/open-network.tsx';
import { Email } from '../../components/secret.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { invalidConfigStore } from '../../state/live.ts';
import { useOpenNetwork } from '../../state/network.ts';
import { useStore } from '../../state/store.ts';

const shown = 6;
/** Notices of the config that ask for an edit; the others only inform. */
const urgent: ReadonlySet<string> = new Set(['unsafe', 'misspelt']);

export function Attention() {
  const t = useText();
  const invalid = useStore(invalidConfigStore);
  const files = useRead('auth-files.list').data?.files ?? [];
  const info = useRead('server-info.get').data;
  const failing = files.filter((file) => file.trouble === 'login' && !file.disabled);
  const reason = info?.loopbackReason ?? '';
  const open = useOpenNetwork();
  const notices = (useRead('config-notices.list').data?.notices ?? []).filter(({ kind }) => urgent.has(kind));
  if (!invalid && !open && failing.length === 0 && reason === '' && notices.length === 0)
    return <p className="dim">{t('home.nothing')}</p>;
  return (
    <ul className="attention">
      {invalid && (
        <li>
          <StatusText status="error">
            <Link to={`/config/${invalid.line}`}>{t('home.invalidLine', { line: invalid.line })}</Link>
          </StatusText>
        </li>
      )}
      {notices.length > 0 && (
        <li>
          <StatusText status="warn">
            <Link to={`/config/${notices[0]?.line ?? ''}`} className="cut">
              {t('home.notices', { count: notices.length })}
            </Link>
          </StatusText>
          <p className="second attention-cause">{notices[0] && noticeText(t, notices[0])}</p>
        </li>
      )}
      {failing.slice(0, shown).map((file) => (
        <li key={file.name}>
          <StatusText status="warn">
            <Link to="/accounts" className="cut">
              <Email value={t('home.accountNeedsLogin', { name: file.email || file.name })} />
            </Link>
          </StatusText>
        </li>
      ))}
      {failing.length > shown && (
        <li className="second">{t('home.moreAccounts', { count: failing.length - shown })}</li>
      )}
      {open && (
        <li>
          <OpenNetwork />
        </li>
      )}
      {reason !== '' && (
        <li>
          <StatusText status="warn">
            <Link to="/settings/host">{reason}</Link>
          </StatusText>
        </li>
      )}
    </ul>
  );
}
