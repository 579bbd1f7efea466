// The list of client keys, each with its fullest limit.
import { Menu } from '@mantine/core';
import { Copy } from '../../components/copy.tsx';
import { ago, dateFormat, decimal, whole } from '../../components/format.ts';
import { levelClasses, MeterBar } from '../../components/limit-meter.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { SecretKey } from '../../components/secret.tsx';
import { StatusIcon, StatusText } from '../../components/status-icon.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { revoke } from './actions.ts';
import type { KeyRow } from './key-rows.ts';
import { goneOf, levelOf, renewsText, usedShare, usedWords } from './limit-use.ts';

interface KeyListProps {
  readonly rows: readonly KeyRow[];
  readonly now: number;
  readonly onEdit: (row: KeyRow) => void;
}

export function KeyList({ rows, now, onEdit }: KeyListProps) {
  const t = useText();
  return (
    <>
      <div className="key-grid key-heads second">
        <span>{t('keys.labelAndKey')}</span>
        <span className="key-may">{t('keys.mayUse')}</span>
        <span>{t('keys.fullestLimit')}</span>
        <span className="num key-number">{t('keys.requests')}</span>
        <span className="num key-number">{t('keys.usd')}</span>
        <span className="num key-number">{t('keys.lastUsed')}</span>
        <span>
          <span className="hidden">{t('common.actions')}</span>
        </span>
      </div>
      <ul className="box divided" aria-label={t('pages.keys')}>
        {rows.map((row) => (
          <li key={row.entry.key} className="key-grid key-line">
            <span className="key-who">
              <button
                type="button"
                className={`plain cut ${row.status === 'expired' ? 'dim' : ''}`}
                title={row.name}
                onClick={() => onEdit(row)}
              >
                {row.entry.label === '' && row.name.includes('…') ? t('keys.noLabel') : row.name}
              </button>
              <SecretKey value={row.entry.key} what={t('keys.keyOf', { name: row.name })} />
            </span>
            <span className="key-may cut dim" title={mayUse(t, row)}>
              {mayUse(t, row)}
            </span>
            <span className="key-limit">
              <FullestLimit row={row} now={now} />
            </span>
            <span className="num key-number">{whole(row.requests)}</span>
            <span className="num key-number">{row.usd === null ? '–' : decimal(row.usd, 2)}</span>
            <span className="num dim key-number nowrap">
              {row.lastUsed > 0 ? ago(row.lastUsed, now) : t('keys.neverUsed')}
            </span>
            <span className="row tight key-acts">
              <Copy value={row.entry.key} what={t('keys.keyOf', { name: row.name })} secret />
              <RowMenu name={row.name}>
                {() => (
                  <>
                    <Menu.Item onClick={() => onEdit(row)}>{t('keys.edit')}</Menu.Item>
                    <Menu.Divider />
                    <Menu.Item className="danger" onClick={() => void revoke(row.entry)}>
                      {t('keys.revoke')}
                    </Menu.Item>
                  </>
                )}
              </RowMenu>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** `claude-*, gpt-*`, `2 models, relay-*`, or everything. */
function mayUse(t: Text, { policy }: KeyRow): string {
  const { models = [], sources = [] } = policy ?? {};
  const shown = models.length > 2 || (models.length > 1 && sources.length > 0);
  const first = shown ? t('keys.modelCount', { count: models.length }) : models.join(', ');
  const parts = [first, sources.join(', ')].filter((part) => part !== '');
  return parts.length === 0 ? t('keys.everything') : parts.join(', ');
}

function FullestLimit({ row, now }: { readonly row: KeyRow; readonly now: number }) {
  const t = useText();
  const { fullest, status, expiresAt } = row;
  if (status === 'expired') {
    // A date means through the end of that day, so the day is that of the last moment.
    const date = dateFormat({ day: 'numeric', month: 'long' }).format((expiresAt ?? 0) - 1);
    return <StatusText status="off">{t('keys.expiredOn', { date })}</StatusText>;
  }
  if (fullest === undefined) {
    return (
      <StatusText status="ok">
        <span className="dim">{t('keys.noLimit')}</span>
      </StatusText>
    );
  }
  const level = levelOf(fullest);
  const words = usedWords(fullest);
  const renews = renewsText(fullest);
  return (
    <span className="meter">
      <span className="row between second">
        <span className={`row cut tn key-use ${levelClasses[level]}`} title={words}>
          {level !== 'ok' && <StatusIcon status={level === 'reached' ? 'error' : 'warn'} />}
          <span className="cut">{words}</span>
        </span>
        <span className="nowrap">{renews}</span>
      </span>
      <MeterBar
        name={`${row.name}: ${words}`}
        share={usedShare(fullest)}
        gone={goneOf(fullest, now)}
        level={level}
        sentence={`${words}, ${renews}`}
      />
    </span>
  );
}
