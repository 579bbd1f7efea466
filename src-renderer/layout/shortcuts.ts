// Keys that work on every page: the palette, and G with a letter to go to a page.
import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { modifier } from '../components/modifier.ts';
import { createStore } from '../state/store.ts';
import { pageList } from './page-list.ts';

export const paletteStore = createStore(false);

/** The palette's keys as they are labelled on this system. */
export const paletteKeys = `${modifier} K`;

/** How long after G the letter counts. */
const sequenceMs = 1_500;

export function useShortcuts(): void {
  const navigate = useNavigate();
  useHotkeys([['mod+K', () => paletteStore.set(!paletteStore.get())]], []);
  useEffect(() => {
    let since = 0;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.closest('input, textarea, [contenteditable=true], [role=dialog]');
      if (typing !== null || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'g') {
        since = event.timeStamp;
        return;
      }
      const page = pageList.find(({ key }) => key === event.key);
      if (page !== undefined && (page.key === '?' || event.timeStamp - since < sequenceMs)) {
        event.preventDefault();
        void navigate(page.id === 'help' ? '/help/shortcuts' : `/${page.id}`);
      }
      since = 0;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
}
