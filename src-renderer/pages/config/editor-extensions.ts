// What the YAML editor is made of: colours, the error under its line, hover help and completion.
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { colours, look } from './editor-look.ts';
import { type EditorWords, findBar } from './find-bar.ts';
import { hangingIndent } from './hanging-indent.ts';
import { type ConfigKey, keyAt } from './keys.ts';
import { type NoticeWords, noticeMarks } from './notice-marks.ts';

export interface EditorError {
  /** From 1; 0 when the place is not known. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export const showError = StateEffect.define<EditorError | undefined>();

class ErrorText extends WidgetType {
  readonly message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }

  override eq(other: ErrorText): boolean {
    return other.message === this.message;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'cm-error-text';
    box.textContent = this.message;
    return box;
  }
}

function errorMarks(state: EditorState, error: EditorError): DecorationSet {
  if (error.line < 1 || error.line > state.doc.lines) return Decoration.none;
  const line = state.doc.line(error.line);
  const marks = new RangeSetBuilder<Decoration>();
  marks.add(line.from, line.from, Decoration.line({ class: 'cm-error-line' }));
  const from = Math.min(line.to, line.from + Math.max(0, error.column - 1));
  if (from < line.to) marks.add(from, line.to, Decoration.mark({ class: 'cm-error-mark' }));
  marks.add(line.to, line.to, Decoration.widget({ widget: new ErrorText(error.message), block: true, side: 1 }));
  return marks.finish();
}

const errorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(showError)) return effect.value ? errorMarks(transaction.state, effect.value) : Decoration.none;
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The path of the key on a line, by the indentation of the lines before it. */
function pathAt(state: EditorState, lineNumber: number): string | undefined {
  const line = state.doc.line(lineNumber);
  const own = /^( *)([\w-]+):/.exec(line.text);
  if (own === null) return undefined;
  if (own[1] === '') return own[2];
  const parent = parentOf(state, lineNumber);
  return parent && `${parent}/${own[2]}`;
}

function parentOf(state: EditorState, lineNumber: number): string | undefined {
  for (let number = lineNumber - 1; number > 0; number -= 1) {
    const key = /^([\w-]+):/.exec(state.doc.line(number).text)?.[1];
    if (key !== undefined) return key;
  }
  return undefined;
}

type Describe = (key: ConfigKey) => string;

const help = (keys: readonly ConfigKey[], describe: Describe) =>
  hoverTooltip((view, position) => {
    const line = view.state.doc.lineAt(position);
    const path = pathAt(view.state, line.number);
    const key = path === undefined ? undefined : keyAt(keys, path);
    const colon = line.text.indexOf(':');
    if (key === undefined || position - line.from > colon) return null;
    return {
      pos: line.from + line.text.search(/\S/),
      end: line.from + colon,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-help';
        dom.textContent = describe(key);
        return { dom };
      },
    };
  });

/** Completion of keys, and of values that are one of a few. */
export const complete =
  (keys: readonly ConfigKey[], describe: Describe) =>
  (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const value = /^( *[\w-]+: +)([\w-]*)$/.exec(before);
    if (value) {
      const key = keyAt(keys, pathAt(context.state, line.number) ?? '');
      const choices = key?.kind === 'switch' ? ['true', 'false'] : key?.kind === 'choice' ? key.choices : undefined;
      if (!choices) return null;
      return { from: line.from + (value[1] as string).length, options: choices.map((label) => ({ label })) };
    }
    const start = /^( *)([\w-]*)$/.exec(before);
    if (!start || (!context.explicit && start[2] === '')) return null;
    const parent = start[1] === '' ? '' : `${parentOf(context.state, line.number)}/`;
    const options = keys
      .filter(({ path }) => path.startsWith(parent) && !path.slice(parent.length).includes('/'))
      .map((key) => ({
        label: key.path.slice(parent.length),
        apply: `${key.path.slice(parent.length)}: `,
        info: () => {
          const dom = document.createElement('div');
          dom.textContent = describe(key);
          return dom;
        },
      }));
    return { from: line.from + (start[1] as string).length, options };
  };

/** What every view of the document has. */
export const base = (label: string, words: EditorWords): Extension => [
  lineNumbers(),
  EditorView.lineWrapping,
  EditorState.phrases.of({ '$ unchanged lines': words.unchanged }),
  yaml(),
  syntaxHighlighting(colours),
  look,
  EditorState.tabSize.of(2),
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
];

/** What the editable view has besides. Tab leaves the editor after Escape, as CodeMirror does. */
export const editing = (
  keys: readonly ConfigKey[],
  describe: Describe,
  words: EditorWords,
  noticeWords: NoticeWords,
): Extension => [
  hangingIndent,
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  findBar(words),
  errorField,
  noticeMarks(noticeWords),
  help(keys, describe),
  autocompletion({ override: [complete(keys, describe)], icons: false }),
  keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
];
