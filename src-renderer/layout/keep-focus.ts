// Keeps the focus when what had it goes away: to the next row after a deletion, else to the title of what is left.

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), [tabindex]:not([tabindex="-1"])';

/** Where an element stands, while it still stands there. */
interface Place {
  readonly element: Element;
  /** The dialog or page it is in. */
  readonly scope: Element;
  /** Rows that hold it, the innermost first, each with where it is among its neighbours. */
  readonly rows: readonly { readonly row: Element; readonly list: Element; readonly index: number }[];
  /** Which of the controls of its innermost row it is, counted from the last. */
  readonly fromLast: number;
}

const rowSelector = 'tr, li';

const controlsIn = (row: Element): readonly HTMLElement[] => [...row.querySelectorAll<HTMLElement>(focusable)];

function placeOf(element: Element): Place | undefined {
  const scope = element.closest('[role=dialog], main');
  if (scope === null) return undefined;
  const rows: { row: Element; list: Element; index: number }[] = [];
  for (let row = element.closest(rowSelector); row !== null && scope.contains(row); ) {
    const list = row.parentElement;
    if (list === null) break;
    rows.push({ row, list, index: [...list.children].indexOf(row) });
    row = list.closest(rowSelector);
  }
  const [nearest] = rows;
  const controls: readonly Element[] = nearest === undefined ? [] : controlsIn(nearest.row);
  return { element, scope, rows, fromLast: controls.length - controls.indexOf(element) };
}

/** The same control of the row itself, of the one that took its place, or of the last before it. */
function controlNear({ rows, fromLast }: Place): HTMLElement | undefined {
  for (const { row, list, index } of rows) {
    const neighbours = [...list.children];
    const near = row.isConnected ? [row] : [...neighbours.slice(index), ...neighbours.slice(0, index).reverse()];
    for (const one of list.isConnected ? near : []) {
      const controls = controlsIn(one);
      const control = controls.at(-fromLast) ?? controls.at(-1);
      if (control !== undefined) return control;
    }
  }
  return undefined;
}

function titleIn(scope: Element): HTMLElement | undefined {
  const within = scope.isConnected
    ? scope
    : (document.querySelector('[role=dialog]') ?? document.querySelector('main'));
  const title = within?.querySelector<HTMLElement>('h1, h2') ?? undefined;
  if (title !== undefined && !title.hasAttribute('tabindex')) title.tabIndex = -1;
  return title;
}

/** Watches the whole document; the result stops it. */
export function keepFocus(): () => void {
  let place: Place | undefined;
  let frame = 0;
  const onFocus = ({ target }: FocusEvent) => {
    place = (target instanceof Element && placeOf(target)) || place;
  };
  // Whoever clicks beside everything wants the focus nowhere. What was removed is no longer connected by then.
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return;
    queueMicrotask(() => {
      if (target === place?.element && place?.element.isConnected) place = undefined;
    });
  };
  const restore = () => {
    frame = 0;
    const active = document.activeElement;
    if (place === undefined || place.element.isConnected || (active !== null && active !== document.body)) return;
    (controlNear(place) ?? titleIn(place.scope))?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    // Whatever else looks after the focus comes first.
    if (place !== undefined && !place.element.isConnected && frame === 0) frame = requestAnimationFrame(restore);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('focusout', onBlur);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('focusout', onBlur);
  };
}
