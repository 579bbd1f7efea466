// Notices in the editor: what has no effect or is unsafe, under its line, with what puts it right.
import { type EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, WidgetType } from '@codemirror/view';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { asksForAction, fixOf } from './notice-fixes.ts';

export interface NoticeWords {
  /** The kind with its effect, such as `Misspelt, so it does nothing.` */
  readonly lead: (notice: ConfigNotice) => string;
  /** What is the matter. */
  readonly sentence: (notice: ConfigNotice) => string;
  /** The button that puts it right. */
  readonly fix: (notice: ConfigNotice) => string;
}

export const showNotices = StateEffect.define<readonly ConfigNotice[]>();

class NoticeText extends WidgetType {
  readonly notice: ConfigNotice;
  readonly words: NoticeWords;

  constructor(notice: ConfigNotice, words: NoticeWords) {
    super();
    this.notice = notice;
    this.words = words;
  }

  override eq({ notice }: NoticeText): boolean {
    return JSON.stringify(notice) === JSON.stringify(this.notice);
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('div');
    box.className = asksForAction(this.notice) ? 'cm-notice cm-notice-warn' : 'cm-notice';
    const lead = document.createElement('strong');
    lead.textContent = this.words.lead(this.notice);
    box.append(lead, ` ${this.words.sentence(this.notice)} `);
    if (fixOf(view.state.sliceDoc(), this.notice) !== undefined) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = this.words.fix(this.notice);
      button.addEventListener('click', () => {
        const changes = fixOf(view.state.sliceDoc(), this.notice);
        if (changes) view.dispatch({ changes });
        view.focus();
      });
      box.append(button);
    }
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

interface Shown {
  readonly notices: readonly ConfigNotice[];
  readonly marks: DecorationSet;
}

function marksOf(state: EditorState, notices: readonly ConfigNotice[], words: NoticeWords): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const [at, notice] of notices.entries()) {
    if (notice.line > state.doc.lines) continue;
    const line = state.doc.line(notice.line);
    const warns = asksForAction(notice);
    if (notices[at - 1]?.line !== notice.line) {
      marks.add(line.from, line.from, Decoration.line({ class: warns ? 'cm-warn-line' : 'cm-notice-line' }));
    }
    const from = Math.min(line.to, line.from + notice.column - 1);
    const to = Math.min(line.to, from + (/^[^\s:#]+/.exec(line.text.slice(notice.column - 1))?.[0].length ?? 0));
    // Several notices of a line share one underline: marks have to stand in order.
    if (warns && from < to && notices[at - 1]?.line !== notice.line) {
      marks.add(from, to, Decoration.mark({ class: 'cm-warn-mark' }));
    }
    if (notices[at + 1]?.line === notice.line) continue;
    for (const own of notices.filter(({ line: number }) => number === notice.line)) {
      marks.add(line.to, line.to, Decoration.widget({ widget: new NoticeText(own, words), block: true, side: 2 }));
    }
  }
  return marks.finish();
}

const noNotices: Shown = { notices: [], marks: Decoration.none };

/** The marks, and F8 with Shift F8 from one to the next. */
export function noticeMarks(words: NoticeWords): Extension {
  const field = StateField.define<Shown>({
    create: () => noNotices,
    update(shown, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(showNotices)) {
          return { notices: effect.value, marks: marksOf(transaction.state, effect.value, words) };
        }
      }
      return transaction.docChanged ? { ...shown, marks: shown.marks.map(transaction.changes) } : shown;
    },
    provide: (own) => EditorView.decorations.from(own, ({ marks }) => marks),
  });
  const walk = (step: 1 | -1) => (view: EditorView) => {
    const lines = [...new Set(view.state.field(field).notices.map(({ line }) => line))];
    const here = view.state.doc.lineAt(view.state.selection.main.head).number;
    const next =
      step === 1
        ? (lines.find((line) => line > here) ?? lines[0])
        : (lines.findLast((line) => line < here) ?? lines.at(-1));
    if (next === undefined || next > view.state.doc.lines) return false;
    const { from } = view.state.doc.line(next);
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    return true;
  };
  return [field, keymap.of([{ key: 'F8', run: walk(1), shift: walk(-1) }])];
}
