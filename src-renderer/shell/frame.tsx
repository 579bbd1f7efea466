// The frame around every page: rail, header strip, banners, and the keys that work everywhere.
import { lazy, type ReactNode, Suspense } from 'react';
import { useStore } from '../state/store.ts';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { Rail } from './rail.tsx';
import { paletteStore, useShortcuts } from './shortcuts.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

export function Frame({ children }: { readonly children: ReactNode }) {
  useShortcuts();
  const paletteOpen = useStore(paletteStore);
  return (
    <div className="app">
      <Rail />
      <main className="main">
        <Header />
        <div>
          <Banners />
        </div>
        {children}
      </main>
      {paletteOpen && (
        <Suspense>
          <Palette onClose={() => paletteStore.set(false)} />
        </Suspense>
      )}
    </div>
  );
}
