// Help: the doctor, the API explorer, shortcuts, and what this program is.
import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Loading } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { About } from './about.tsx';
import { Doctor } from './doctor.tsx';
import { Existing } from './existing/existing.tsx';
import { Shortcuts } from './shortcuts.tsx';

const Explorer = lazy(async () => ({ default: (await import('./explorer.tsx')).Explorer }));

const tabs = ['doctor', 'api', 'shortcuts', 'existing', 'about'] as const;
export type HelpTab = (typeof tabs)[number];

export function Help() {
  const wanted = (useParams()['*'] ?? '').split('/')[0];
  const tab = tabs.find((name) => name === wanted) ?? 'doctor';
  switch (tab) {
    case 'doctor':
      return <Doctor tabs={<HelpTabs tab={tab} />} />;
    case 'api':
      return (
        <Suspense
          fallback={
            <div className="page">
              <Loading />
            </div>
          }
        >
          <Explorer tabs={<HelpTabs tab={tab} />} />
        </Suspense>
      );
    case 'shortcuts':
      return <Shortcuts tabs={<HelpTabs tab={tab} />} />;
    case 'existing':
      return <Existing tabs={<HelpTabs tab={tab} />} />;
    case 'about':
      return <About tabs={<HelpTabs tab={tab} />} />;
  }
}

function HelpTabs({ tab }: { readonly tab: HelpTab }) {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Tabs value={tab} onChange={(value) => void navigate(`/help/${value}`)}>
      <Tabs.List mb={16}>
        {tabs.map((name) => (
          <Tabs.Tab key={name} value={name} aria-controls="help-panel">
            {name === 'existing' ? t('existing.tab') : t(`help.tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
