// What the YAML editor is made of: colours, the error under its line, hover help and completion.
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
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
import { tags } from '@lezer/highlight';
import { type ConfigKey, keyAt } from './keys.ts';

/** Keys carry the accent, comments recede, values stay text. Three tones are enough for YAML. */
const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--cp-accent)' },
  { tag: tags.comment, color: 'var(--cp-text-2)' },
  { tag: [tags.string, tags.content, tags.number, tags.bool, tags.atom], color: 'var(--cp-text)' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--cp-text-2)' },
]);

const mono = 'var(--mantine-font-family-monospace)';
const sans = 'var(--mantine-font-family)';

/** The editor lives in a shadow root, so its look is stated here in full. */
const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--cp-bg)', color: 'var(--cp-text)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '20px', overflow: 'auto' },
  '.cm-gutters': { backgroundColor: 'var(--cp-bg)', border: '0', color: 'var(--cp-text-2)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '48px', padding: '0 12px 0 0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--cp-bg-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--cp-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--cp-bg-active)',
  },
  '.cm-content': { caretColor: 'var(--cp-text)' },
  '.cm-line.cm-error-line.cm-error-line.cm-error-line': { backgroundColor: 'var(--cp-error-tint)' },
  '.cm-error-mark': { textDecoration: 'underline wavy var(--cp-error)', textUnderlineOffset: '3px' },
  '.cm-error-text': {
    backgroundColor: 'var(--cp-error-tint)',
    color: 'var(--cp-text)',
    borderLeft: '2px solid var(--cp-error)',
    padding: '4px 12px 4px 4px',
    font: `12px/16px ${sans}`,
    whiteSpace: 'normal',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--cp-bg-raised)',
    color: 'var(--cp-text)',
    border: '0',
    borderRadius: '6px',
    boxShadow: 'var(--cp-shadow)',
    font: `12px/16px ${sans}`,
  },
  '.cm-help': { padding: '8px 12px', maxWidth: '320px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: mono, maxHeight: '240px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--cp-bg-active)', color: 'var(--cp-text)' },
  '.cm-completionInfo': { padding: '8px 12px', maxWidth: '280px' },
  '.cm-panels': { backgroundColor: 'var(--cp-bg-sunken)', color: 'var(--cp-text)', font: `12px/16px ${sans}` },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--cp-line)' },
  '.cm-textfield': {
    backgroundColor: 'var(--cp-bg)',
    color: 'var(--cp-text)',
    border: '1px solid var(--cp-line-control)',
    borderRadius: '4px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--cp-bg-raised)',
    color: 'var(--cp-text)',
    border: '1px solid var(--cp-line)',
    borderRadius: '4px',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--cp-warn-tint)', outline: '1px solid var(--cp-warn)' },
  // The review: one column, signs besides the tint.
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--cp-ok-tint) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--cp-error-tint)', paddingLeft: '0' },
  '.cm-changedText, .cm-deletedText': { background: 'none !important' },
  '&.cm-diff .cm-line, .cm-deletedLine': { paddingLeft: '24px', position: 'relative', display: 'block' },
  '.cm-insertedLine::before, .cm-changedLine::before': { content: '"+"', position: 'absolute', left: '8px' },
  '.cm-deletedLine::before': { content: '"−"', position: 'absolute', left: '8px' },
  '.cm-collapsedLines': {
    background: 'var(--cp-bg-sunken)',
    color: 'var(--cp-text-2)',
    font: `12px/20px ${sans}`,
    padding: '2px 12px',
  },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: 'none !important' },
});

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
export const base = (label: string): Extension => [
  lineNumbers(),
  yaml(),
  syntaxHighlighting(colours),
  look,
  EditorState.tabSize.of(2),
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
];

/** What the editable view has besides. Tab leaves the editor after Escape, as CodeMirror does. */
export const editing = (keys: readonly ConfigKey[], describe: Describe): Extension => [
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  errorField,
  help(keys, describe),
  autocompletion({ override: [complete(keys, describe)], icons: false }),
  keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
];
