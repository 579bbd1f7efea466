// Colours and faces of the YAML editor. It lives in a shadow root, so its look is stated here in full.
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Keys carry the accent, comments recede, values stay text. Three tones are enough for YAML. */
export const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--cp-accent)' },
  { tag: tags.comment, color: 'var(--cp-text-2)' },
  { tag: [tags.string, tags.content, tags.number, tags.bool, tags.atom], color: 'var(--cp-text)' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--cp-text-2)' },
]);

/** Face of the code, and of words about it. */
const mono = 'var(--mantine-font-family-monospace)';
export const sans = 'var(--mantine-font-family)';

/** The editor lives in a shadow root, so its look is stated here in full. */
export const look = EditorView.theme({
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
  '.cm-line.cm-warn-line.cm-warn-line.cm-warn-line': { backgroundColor: 'var(--cp-warn-tint)' },
  '.cm-line.cm-notice-line.cm-notice-line.cm-notice-line': { backgroundColor: 'var(--cp-bg-sunken)' },
  '.cm-warn-mark': { textDecoration: 'underline wavy var(--cp-warn)', textUnderlineOffset: '3px' },
  '.cm-notice': {
    backgroundColor: 'var(--cp-bg-sunken)',
    color: 'var(--cp-text)',
    borderLeft: '2px solid var(--cp-line-control)',
    padding: '4px 12px 4px 4px',
    font: `12px/16px ${sans}`,
    whiteSpace: 'normal',
  },
  '.cm-notice strong': { fontWeight: '500' },
  '.cm-notice-warn': { backgroundColor: 'var(--cp-warn-tint)', borderLeftColor: 'var(--cp-warn)' },
  '.cm-notice-warn strong': { color: 'var(--cp-warn)' },
  '.cm-notice button': {
    border: '0',
    padding: '0',
    background: 'none',
    color: 'var(--cp-accent)',
    font: 'inherit',
    fontWeight: '500',
    textDecoration: 'underline',
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
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'var(--cp-warn-tint)', outlineWidth: '2px' },
  '.cm-searchMatch': { backgroundColor: 'var(--cp-warn-tint)', outline: '1px solid var(--cp-warn)' },
  // The review: one column, signs besides the tint.
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--cp-ok-tint) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--cp-error-tint)', paddingLeft: '0' },
  '.cm-changedText, .cm-deletedText': { background: 'none !important' },
  '&.cm-diff .cm-line, .cm-deletedLine': { paddingLeft: '24px', position: 'relative', display: 'block' },
  '.cm-changedLine::before': { content: '"+"', position: 'absolute', left: '8px' },
  '.cm-deletedLine::before': { content: '"−"', position: 'absolute', left: '8px' },
  '.cm-collapsedLines': {
    background: 'var(--cp-bg-sunken)',
    color: 'var(--cp-text-2)',
    font: `12px/20px ${sans}`,
    padding: '2px 12px',
  },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: 'none !important' },
});
