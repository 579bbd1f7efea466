// The frame around every page: sidebar, header strip, banners, and the keys that work everywhere.
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useStore } from '../state/store.ts';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { paletteStore, useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';

const loadPalette = async () => ({ default: (await import('./palette/palette.tsx')).Palette });
const Palette = lazy(loadPalette);

/** The palette is fetched once the page stands, so that what is typed right after its keys is not lost. */
const loadPaletteAfterMs = 500;

export function Frame({ children }: { readonly children: ReactNode }) {
  useShortcuts();
  const paletteOpen = useStore(paletteStore);
  useEffect(() => {
    // Not needed for the first look at the page.
    const kept = import('./keep-focus.ts').then(({ keepFocus }) => keepFocus());
    return () => void kept.then((stop) => stop());
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), loadPaletteAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="app">
      <Sidebar />
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
