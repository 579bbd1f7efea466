// A line that is too long goes on below itself, two characters deeper than it began.
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Deeper lines hang as deep as this. Our policy refuses style attributes, so each depth is a class. */
const maxDepth = 24;
const padding = 6;

const depths = Array.from({ length: maxDepth + 1 }, (_, depth) => depth);
const marks = depths.map((depth) => Decoration.line({ class: `cm-hang-${depth}` }));
const theme = EditorView.theme(
  Object.fromEntries(
    depths.map((depth) => [
      `.cm-line.cm-hang-${depth}`,
      { paddingLeft: `calc(${padding}px + ${depth + 2}ch)`, textIndent: `-${depth + 2}ch` },
    ]),
  ),
);

function marksIn({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      const depth = Math.max(0, line.text.search(/[^ ]/));
      const mark = marks[Math.min(depth, maxDepth)];
      if (mark) builder.add(line.from, line.from, mark);
      if (line.to >= to) break;
    }
  }
  return builder.finish();
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marksIn(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = marksIn(update.view);
    }
  },
  { decorations: (value) => value.decorations },
);

export const hangingIndent = [theme, plugin];
