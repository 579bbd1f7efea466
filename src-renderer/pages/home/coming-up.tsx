// What will need the person before long: client keys that expire.
import { Link } from 'react-router';
import { dateFormat, useNow } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { useRequestNames } from '../../state/request-names.ts';

const shown = 3;
const dayMs = 86_400_000;
/** What is further away is not coming up yet. */
const aheadMs = 14 * dayMs;

/** A date alone means the end of that local day. */
const endOf = (expires: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(expires) ? new Date(`${expires}T00:00`).getTime() + dayMs : Date.parse(expires);

export function ComingUp() {
  const t = useText();
  const now = useNow(60_000);
  const names = useRequestNames();
  const clients = useRead('client-usage.list').data?.clients ?? [];
  const ending = clients
    .flatMap(({ key_id, key, name, expires }) =>
      expires === null ? [] : [{ key_id, name: names.key({ key_id, key, key_name: name }), end: endOf(expires) }],
    )
    .filter(({ end }) => end - now < aheadMs && now - end < aheadMs)
    .sort((one, other) => one.end - other.end)
    .slice(0, shown);
  if (ending.length === 0) return null;
  const format = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <section>
      <Head>{t('home.comingUp')}</Head>
      <ul className="coming-up">
        {ending.map(({ key_id, name, end }) => (
          <li key={key_id}>
            <Link to="/keys">{t('home.keyNamed', { name })}</Link>
            <p className="second">
              {t(end < now ? 'home.expiredOn' : 'home.expiresOn', { date: format.format(end - 1) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
