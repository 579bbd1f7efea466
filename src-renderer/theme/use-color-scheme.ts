// The colour scheme in use: the wished one, or the system's.
import { useSyncExternalStore } from 'react';

const dark = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

export function useColorScheme(wished: 'auto' | 'light' | 'dark'): 'light' | 'dark' {
  const system = useSyncExternalStore(subscribe, () => dark.matches);
  if (wished !== 'auto') return wished;
  return system ? 'dark' : 'light';
}
