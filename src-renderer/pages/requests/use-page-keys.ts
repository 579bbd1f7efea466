// Keys of the page while nothing is typed: / finds, F shows the failed ones.
import { useEffect, useRef } from 'react';

interface PageKeys {
  readonly onSearch: () => void;
  readonly onFailed: () => void;
}

/** G before F goes to the auth files; the letter is then not for this page. */
const afterGoMs = 1_500;

export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let goPressed = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.closest('input, textarea, [contenteditable=true], [role=dialog]') !== null;
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'g') goPressed = event.timeStamp;
      else if (event.key === '/') latest.current.onSearch();
      else if (event.key === 'f' && event.timeStamp - goPressed > afterGoMs) latest.current.onFailed();
      else return;
      if (event.key === '/') event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
