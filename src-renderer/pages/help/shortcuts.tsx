import type { ReactNode } from 'react';
import { modifier } from '../../components/modifier.ts';
import { PageHead } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { pageList } from '../../layout/page-list.ts';
import { paletteKeys } from '../../layout/shortcuts.ts';

export function Shortcuts({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const rows: readonly (readonly [string, string])[] = [
    [paletteKeys, t('header.search')],
    ...pageList
      .filter(({ key }) => key !== '?')
      .map(({ id, key }) => [`G ${key.toUpperCase()}`, t('help.goTo', { page: t(`pages.${id}`) })] as const),
    ['?', t('help.thisList')],
    ['Esc', t('help.closes')],
    [`${modifier} Z`, t('help.undoesLast')],
    [`${modifier} S`, t('help.reviewsConfig')],
    [`${modifier} F`, t('help.findInConfig')],
    ['Ctrl Space', t('help.completes')],
  ];
  return (
    <div className="page">
      <PageHead title={t('pages.help')} note={t('help.shortcutsNote')} />
      {tabs}
      <dl id="help-panel" className="shortcuts divided" aria-label={t('help.tabs.shortcuts')}>
        {rows.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              <span className="kbd">{keys}</span>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
