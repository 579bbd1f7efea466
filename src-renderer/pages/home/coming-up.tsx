// What will need the person before long: limits that will not last, and client keys that expire.
import { Link } from 'react-router';
import { clock, dateFormat, useNow } from '../../components/format.ts';
import { limitName } from '../../components/limit-window.ts';
import { Head } from '../../components/page.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { type LimitForecast, limitForecasts } from './limit-forecast.ts';

const shown = 3;
const dayMs = 86_400_000;
/** What is further away is not coming up yet. */
const aheadMs = 14 * dayMs;

interface Coming {
  readonly id: string;
  readonly at: number;
  readonly path: string;
  readonly title: string;
  readonly note: string;
}

/** A date alone means the end of that local day. */
const endOf = (expires: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(expires) ? new Date(`${expires}T00:00`).getTime() + dayMs : Date.parse(expires);

export function ComingUp() {
  const t = useText();
  const now = useNow(60_000);
  const names = useRequestNames();
  const clients = useRead('client-usage.list').data?.clients ?? [];
  const limits = useRead('account-limits.list').data?.accounts ?? [];
  const format = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
  const ending = clients
    .flatMap(({ key_id, key, name, expires }) =>
      expires === null ? [] : [{ key_id, name: names.key({ key_id, key, key_name: name }), end: endOf(expires) }],
    )
    .filter(({ end }) => end - now < aheadMs && now - end < aheadMs)
    .map(({ key_id, name, end }): Coming => {
      const note = t(end < now ? 'home.expiredOn' : 'home.expiresOn', { date: format.format(end - 1) });
      return { id: key_id, at: end, path: '/keys', title: t('home.keyNamed', { name }), note };
    });
  const usedUp = limitForecasts(limits, now).map((forecast): Coming => {
    const { account, usedUpAt } = forecast;
    const source = names.source({ provider: account.provider, source: account.name, credential: account.name });
    return {
      id: account.name,
      at: usedUpAt,
      path: '/accounts',
      title: source?.name ?? account.name,
      note: forecastText(t, forecast),
    };
  });
  const coming = [...ending, ...usedUp].sort((one, other) => one.at - other.at).slice(0, shown);
  if (coming.length === 0) return null;
  return (
    <section>
      <Head>{t('home.comingUp')}</Head>
      <ul className="coming-up">
        {coming.map(({ id, path, title, note }) => (
          <li key={id}>
            <Link to={path}>{title}</Link>
            <p className="second">{note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const weekdayClock = (time: number): string => `${dateFormat({ weekday: 'short' }).format(time)} ${clock(time)}`;

const forecastText = (t: Text, { window, usedUpAt, renewsAt }: LimitForecast): string =>
  t('home.usedUpSoon', { window: limitName(window), time: weekdayClock(usedUpAt), renewal: weekdayClock(renewsAt) });
