// Settings: one row each, applied at once, found by name.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { PageHead } from '../../components/page.tsx';
import { Loaded, NothingFound } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { transport, useRead } from '../../state/client.ts';
import { settingTable } from '../../state/setting-table.ts';
import { advanced } from './advanced.tsx';
import { general } from './general.tsx';
import { notifications } from './notifications.tsx';
import type { Section } from './section.ts';
import { security } from './security.tsx';
import { settingRowsOf } from './setting-rows.ts';

const sections: readonly Section[] = [
  general,
  { id: 'network', rows: settingRowsOf(settingTable, 'network') },
  { id: 'retries', rows: settingRowsOf(settingTable, 'retries') },
  security,
  notifications,
  advanced,
];

export function Settings() {
  const t = useText();
  const [query, setQuery] = useState('');
  const { '*': wanted = '' } = useParams();
  const config = useRead('config.get');
  useEffect(() => {
    if (wanted === '' || !config.data) return;
    const row = document.getElementById(wanted) ?? document.getElementById(wanted.split('/')[0] ?? '');
    row?.scrollIntoView({ block: 'center' });
  }, [wanted, config.data]);

  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<Section['id']>('general');
  const follow = () => {
    const top = (scroller.current?.getBoundingClientRect().top ?? 0) + 80;
    const passed = sections.filter(({ id }) => {
      const element = document.getElementById(`section-${id}`);
      return element !== null && element.getBoundingClientRect().top <= top;
    });
    setCurrent(passed.at(-1)?.id ?? 'general');
  };

  const words = query.trim().toLowerCase();
  const shown = sections
    .filter((section) => transport.desktop || !section.desktopOnly)
    .map((section) => ({
      ...section,
      rows: section.rows.filter((row) => {
        if (row.desktopOnly && !transport.desktop) return false;
        const text = `${row.name(t)} ${row.note?.(t) ?? ''} ${t(`settings.sections.${section.id}`)}`;
        return text.toLowerCase().includes(words);
      }),
    }))
    .filter((section) => section.rows.length > 0);

  return (
    <div className="page settings" ref={scroller} onScroll={follow}>
      <div className="settings-head">
        <PageHead title={t('pages.settings')} note={t('settings.note')}>
          <TextInput
            aria-label={t('settings.find')}
            placeholder={t('settings.find')}
            w={200}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </PageHead>
      </div>
      <nav aria-label={t('settings.sectionsLabel')} className="settings-nav">
        {shown.map(({ id }) => (
          <button
            key={id}
            type="button"
            aria-current={id === current}
            onClick={() => document.getElementById(`section-${id}`)?.scrollIntoView({ block: 'start' })}
          >
            {t(`settings.sections.${id}`)}
          </button>
        ))}
      </nav>
      <div>
        <Loaded query={config} failure={t('settings.readFailed')} rows={8}>
          {() =>
            shown.length === 0 ? (
              <NothingFound onClear={() => setQuery('')}>{t('settings.nothing', { query })}</NothingFound>
            ) : (
              shown.map(({ id, rows }) => (
                <section key={id} id={`section-${id}`} className="settings-section">
                  <h2 className="head">{t(`settings.sections.${id}`)}</h2>
                  <div className="settings-rows">
                    {rows.map((row) => (
                      <div key={row.id} id={row.id} className="setting">
                        <div>
                          <div>{row.name(t)}</div>
                          {row.note && <div className="second">{row.note(t)}</div>}
                        </div>
                        <div>
                          <row.Control label={row.name(t)} id={row.id} />
                        </div>
                        {row.Below && (
                          <div className="setting-below">
                            <row.Below />
                          </div>
                        )}
                      </div>
                    ))}
                  </div>
                </section>
              ))
            )
          }
        </Loaded>
      </div>
    </div>
  );
}
