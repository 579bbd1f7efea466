// The YAML editor, and the read-only review of changes. CodeMirror adds style elements to the document, which our
// policy refuses; inside a shadow root it uses constructed sheets, so that is where it is put.
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { useText } from '../../i18n/i18n.ts';
import { base, type EditorError, editing, showError } from './editor-extensions.ts';
import { noticeWordsOf, wordsOf } from './editor-words.ts';
import type { ConfigKey } from './keys.ts';
import { showNotices } from './notice-marks.ts';

function useEditor(doc: string, extensions: () => Extension) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  // The document and the extensions are those of the first drawing; later changes go through transactions.
  const first = useRef({ doc, extensions });
  useEffect(() => {
    const element = host.current as HTMLDivElement;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const own = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: first.current.doc, extensions: first.current.extensions() }),
    });
    view.current = own;
    return () => own.destroy();
  }, []);
  return { host, view };
}

interface EditorProps {
  readonly label: string;
  readonly text: string;
  /** Another number asks for `text` to be shown; what was typed here needs no such round. */
  readonly replaced: number;
  readonly onChange: (text: string) => void;
  readonly error: EditorError | undefined;
  readonly notices: readonly ConfigNotice[];
  /** The keys that hover help and completion know. */
  readonly keys: readonly ConfigKey[];
  readonly describe: (key: ConfigKey) => string;
  /** The line to show, from 1; a new object shows it again. */
  readonly goTo: { readonly line: number } | undefined;
}

export function Editor({ label, text, replaced, onChange, error, notices, keys, describe, goTo }: EditorProps) {
  const t = useText();
  const words = wordsOf(t);
  const change = useRef(onChange);
  change.current = onChange;
  const { host, view } = useEditor(text, () => [
    base(label, words),
    editing(keys, describe, words, noticeWordsOf(t)),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) change.current(update.state.sliceDoc());
    }),
  ]);
  // Text from elsewhere, such as the disk, replaces the document. The text alone must not: a drawing that lags behind
  // the keyboard would take back what was typed meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    const own = view.current;
    if (own && own.state.sliceDoc() !== text) {
      own.dispatch({ changes: { from: 0, to: own.state.doc.length, insert: text } });
    }
  }, [replaced, view]);
  useEffect(() => view.current?.dispatch({ effects: showError.of(error) }), [error, view]);
  useEffect(() => view.current?.dispatch({ effects: showNotices.of(notices) }), [notices, view]);
  useEffect(() => {
    const own = view.current;
    if (!own || !goTo || goTo.line < 1) return;
    const line = own.state.doc.line(Math.min(goTo.line, own.state.doc.lines));
    own.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
    own.focus();
  }, [goTo, view]);
  return <div ref={host} className="editor" />;
}

interface DiffProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export function Diff({ label, before, after }: DiffProps) {
  const words = wordsOf(useText());
  const { host } = useEditor(after, () => [
    base(label, words),
    EditorView.editorAttributes.of({ class: 'cm-diff' }),
    EditorView.editable.of(false),
    EditorState.readOnly.of(true),
    unifiedMergeView({
      original: before,
      mergeControls: false,
      highlightChanges: false,
      gutter: false,
      collapseUnchanged: { margin: 2, minSize: 4 },
    }),
  ]);
  return <div ref={host} className="editor" />;
}
