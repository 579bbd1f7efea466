// The window: theme, data, the question for the key, and the pages inside the frame.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { HashRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { Loading } from './components/states.tsx';
import { toastStore } from './components/toast-store.ts';
import { Toasts } from './components/toasts.tsx';
import { useText } from './i18n/i18n.ts';
import { ErrorBoundary } from './layout/error-boundary.tsx';
import { Frame } from './layout/frame.tsx';
import { pageList } from './layout/page-list.ts';
import { pages } from './layout/pages.ts';
import { queryClient } from './state/client.ts';
import { linkStore } from './state/live.ts';
import { usePreferences } from './state/preferences.ts';
import { useStore } from './state/store.ts';
import { theme } from './theme/theme.ts';
import { useColorScheme } from './theme/use-color-scheme.ts';

const Unlock = lazy(async () => ({ default: (await import('./layout/unlock.tsx')).Unlock }));
const routes = pageList.map(({ id }) => ({ id, Page: lazy(pages[id].load) }));

export function App() {
  const scheme = useColorScheme(usePreferences().theme);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <HashRouter>
          <Window />
          <ToastsOnDemand />
        </HashRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Window() {
  const link = useStore(linkStore);
  const { pathname } = useLocation();
  if (link.state === 'locked') {
    return (
      <Suspense>
        <Unlock lock={link} />
      </Suspense>
    );
  }
  return (
    <Frame>
      <Title />
      <ErrorBoundary key={pathname.split('/')[1]}>
        <Suspense fallback={<Waiting />}>
          <Routes>
            {routes.map(({ id, Page }) => (
              <Route key={id} path={`/${id}/*`} element={<Page />} />
            ))}
            <Route path="*" element={<Navigate to="/home" replace />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </Frame>
  );
}

const Waiting = () => (
  <div className="page">
    <Loading rows={6} />
  </div>
);

/** Part of the first page: what says that the server is gone cannot be fetched from it. */
const ToastsOnDemand = () => useStore(toastStore).length > 0 && <Toasts />;

/** The page's name in the title of the window or tab. */
function Title() {
  const t = useText();
  const id = useLocation().pathname.split('/')[1] ?? '';
  const page = pageList.find((candidate) => candidate.id === id);
  const title = page === undefined ? 'CLI Proxy Desktop' : `${t(`pages.${page.id}`)} – CLI Proxy Desktop`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
