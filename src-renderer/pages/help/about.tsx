// Version, places, and a report to send when asking for help.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyLine } from '../../components/copy.tsx';
import { day } from '../../components/format.ts';
import { maskText } from '../../components/mask.ts';
import { PageHead } from '../../components/page.tsx';
import { saveText } from '../../components/save-text.ts';
import { Loaded } from '../../components/states.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';

export function About({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const info = useRead('server-info.get');
  const latest = useRead('latest-version.get').data?.['latest-version'];
  const save = () =>
    attempt(t('help.diagnosticsFailed'), async () => {
      const { text } = await call('diagnostics.get');
      saveText(`cli-proxy-desktop-${day(Date.now())}.txt`, maskText(text), 'text/plain');
    });
  return (
    <div className="page">
      <PageHead title={t('pages.help')} note={t('help.aboutNote')}>
        <Button onClick={() => void save()}>{t('help.diagnostics')}</Button>
      </PageHead>
      {tabs}
      <div id="help-panel" role="tabpanel" aria-label={t('help.tabs.about')}>
        <Loaded query={info} failure={t('settings.readFailed')}>
          {(data) => (
            <dl className="shortcuts divided">
              {(
                [
                  [t('help.version'), data.version],
                  [t('help.latest'), latest ?? '–'],
                  [t('help.build'), `${__APP_COMMIT__}, ${day(__APP_BUILD_DATE__)}`],
                  [t('help.system'), data.platform],
                  [t('settings.folders.config'), data.configFile],
                  [t('settings.folders.accounts'), data.authDir],
                  [t('settings.folders.logs'), data.logDirectory],
                ] as const
              ).map(([name, value]) => (
                <div key={name}>
                  <dt className="dim">{name}</dt>
                  <dd>
                    <CopyLine value={value} what={name} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Loaded>
        <p className="second about-note">{t('help.diagnosticsNote')}</p>
      </div>
    </div>
  );
}
