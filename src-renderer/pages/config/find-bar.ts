// Finding and replacing in the YAML editor, in the window's own controls and words.
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  search,
  setSearchQuery,
} from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { EditorView, type Panel, type ViewUpdate } from '@codemirror/view';
import { sans } from './editor-look.ts';

/** What the editor says, in the language of the window. */
export interface EditorWords {
  readonly find: string;
  readonly replace: string;
  readonly matchCase: string;
  readonly previous: string;
  readonly next: string;
  readonly replaceOne: string;
  readonly replaceAll: string;
  readonly close: string;
  readonly nothing: string;
  /** `total` is “999+” where there are more than are counted. */
  readonly count: (at: number, total: string) => string;
  /** With `$` for the number of lines. */
  readonly unchanged: string;
}

/** Matches beyond these are not counted, so that a letter in a long file stays quick. */
const maxCounted = 999;

const look = EditorView.theme({
  '.cp-find': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    padding: '6px 12px',
    font: `13px/20px ${sans}`,
  },
  '.cp-find input': {
    height: '28px',
    width: '176px',
    padding: '0 8px',
    border: '1px solid var(--cp-line-control)',
    borderRadius: '6px',
    backgroundColor: 'var(--cp-bg)',
    color: 'var(--cp-text)',
    font: 'inherit',
  },
  '.cp-find input::placeholder': { color: 'var(--cp-text-2)', opacity: '1' },
  '.cp-find input:focus': {
    borderColor: 'var(--cp-accent)',
    outline: '2px solid var(--cp-accent)',
    outlineOffset: '-2px',
  },
  '.cp-find button': {
    height: '28px',
    minWidth: '28px',
    padding: '0 8px',
    border: '0',
    borderRadius: '6px',
    backgroundColor: 'transparent',
    color: 'var(--cp-text-2)',
    font: 'inherit',
    cursor: 'pointer',
  },
  '.cp-find button:hover': { backgroundColor: 'var(--cp-bg-hover)', color: 'var(--cp-text)' },
  '.cp-find button[aria-pressed=true]': { backgroundColor: 'var(--cp-bg-active)', color: 'var(--cp-text)' },
  '.cp-find button:focus-visible': { outline: '2px solid var(--cp-accent)' },
  '.cp-find-count': {
    minWidth: '72px',
    color: 'var(--cp-text-2)',
    fontSize: '12px',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cp-find-close': { marginLeft: 'auto' },
});

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

/** A button of a word, or of a sign with a word for its name. */
function button(sign: string, label: string, run: () => void): HTMLButtonElement {
  const result = element('button', { type: 'button', textContent: sign, title: label, onclick: run });
  result.ariaLabel = label;
  return result;
}

class FindBar implements Panel {
  readonly dom: HTMLElement;
  readonly top = true;
  readonly #view: EditorView;
  readonly #words: EditorWords;
  readonly #find: HTMLInputElement;
  readonly #replace: HTMLInputElement;
  readonly #case: HTMLButtonElement;
  readonly #count: HTMLElement;

  constructor(view: EditorView, words: EditorWords) {
    this.#view = view;
    this.#words = words;
    const field = (label: string, enter: (event: KeyboardEvent) => void) => {
      const input = element('input', { type: 'text', placeholder: label, oninput: () => this.#commit() });
      input.ariaLabel = label;
      input.onkeydown = (event) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        enter(event);
      };
      return input;
    };
    this.#find = field(words.find, ({ shiftKey }) => (shiftKey ? findPrevious : findNext)(view));
    // CodeMirror puts the focus here.
    this.#find.setAttribute('main-field', 'true');
    this.#replace = field(words.replace, () => replaceNext(view));
    this.#case = button('Aa', words.matchCase, () => {
      this.#case.ariaPressed = String(this.#case.ariaPressed !== 'true');
      this.#commit();
    });
    this.#case.ariaPressed = 'false';
    this.#count = element('span', { className: 'cp-find-count' });
    this.#count.role = 'status';
    const close = button('✕', words.close, () => closeSearchPanel(view));
    close.className = 'cp-find-close';
    this.dom = element('div', { className: 'cp-find' });
    this.dom.role = 'search';
    this.dom.append(
      this.#find,
      this.#count,
      button('↑', words.previous, () => findPrevious(view)),
      button('↓', words.next, () => findNext(view)),
      this.#case,
      this.#replace,
      button(words.replaceOne, words.replaceOne, () => replaceNext(view)),
      button(words.replaceAll, words.replaceAll, () => replaceAll(view)),
      close,
    );
    this.dom.onkeydown = (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      closeSearchPanel(view);
    };
    this.#show();
  }

  mount(): void {
    this.#find.select();
  }

  update(update: ViewUpdate): void {
    const asked = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(setSearchQuery)));
    if (asked || update.docChanged || update.selectionSet) this.#show();
  }

  #commit(): void {
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: this.#case.ariaPressed === 'true',
      literal: true,
    });
    if (!query.eq(getSearchQuery(this.#view.state))) this.#view.dispatch({ effects: setSearchQuery.of(query) });
  }

  /** The query as it is, and where among its matches the selection stands. */
  #show(): void {
    const { state } = this.#view;
    const query = getSearchQuery(state);
    if (this.#find.value !== query.search) this.#find.value = query.search;
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace;
    let total = 0;
    let at = 0;
    if (query.valid) {
      const { from, to } = state.selection.main;
      const matches = query.getCursor(state);
      for (let next = matches.next(); !next.done && total <= maxCounted; next = matches.next()) {
        total += 1;
        if (next.value.from === from && next.value.to === to) at = total;
      }
    }
    const all = total > maxCounted ? `${maxCounted}+` : String(total);
    const nothing = query.valid ? this.#words.nothing : '';
    this.#count.textContent = total === 0 ? nothing : this.#words.count(at, all);
  }
}

export const findBar = (words: EditorWords): Extension => [
  look,
  search({ top: true, literal: true, createPanel: (view) => new FindBar(view, words) }),
];
