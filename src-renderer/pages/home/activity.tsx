// Who changed what, newest first.
import type { ActivityEntry } from '../../../src-shared/contract/activity.ts';
import { clock } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { Loaded } from '../../components/states.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';

const shown = 5;

function activityText(t: Text, { kind, subject, keys }: ActivityEntry): string {
  switch (kind) {
    case 'config':
      return keys.length === 1
        ? t('home.did.configKey', { key: keys[0] ?? '' })
        : t('home.did.config', { count: keys.length });
    case 'config-broken':
      return t('home.did.configInvalid');
    case 'login':
      return t('home.did.login', { provider: subject });
    case 'account-added':
      return t('home.did.accountAdded', { name: subject });
    case 'account-removed':
      return t('home.did.accountRemoved', { name: subject });
    case 'server':
      return t('home.did.server', { state: subject });
  }
}

export function Activity() {
  const t = useText();
  const privacy = usePrivacy();
  return (
    <Loaded query={useRead('activity.list')} failure={t('home.activityFailed')}>
      {({ entries }) =>
        entries.length === 0 ? (
          <p className="dim">{t('home.noActivity')}</p>
        ) : (
          <ul className="feed">
            {entries.slice(0, shown).map((entry) => {
              const text = activityText(t, entry);
              return (
                <li key={`${entry.time} ${entry.kind} ${entry.subject} ${entry.keys.join(' ')}`}>
                  <time className="dim tn" dateTime={entry.time}>
                    {clock(entry.time)}
                  </time>
                  <span className="cut">{privacy ? maskEmail(text) : text}</span>
                  <span className="second">{t(`home.actors.${entry.actor}`)}</span>
                </li>
              );
            })}
          </ul>
        )
      }
    </Loaded>
  );
}
