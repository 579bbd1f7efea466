// Gives the focus back to where it was when something that lies over the page goes.
import { useEffect, useState } from 'react';

export function useFocusBack(): void {
  // At the first drawing, before the trap of the drawer takes the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) setTimeout(() => before.focus());
    },
    [before],
  );
}
