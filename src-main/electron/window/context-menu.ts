// The menu of the right mouse button in the window: what can be done with text.
import { type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopText } from '../text/desktop-text.ts';

/** Undefined where there is nothing to offer. */
export function contextMenu(
  { isEditable, editFlags, selectionText }: Pick<ContextMenuParams, 'isEditable' | 'editFlags' | 'selectionText'>,
  text: DesktopText,
): Menu | undefined {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: text.editCopy, enabled: editFlags.canCopy };
  if (isEditable) {
    return Menu.buildFromTemplate([
      { role: 'cut', label: text.editCut, enabled: editFlags.canCut },
      copy,
      { role: 'paste', label: text.editPaste, enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: text.editSelectAll },
    ]);
  }
  return selectionText.trim() === '' ? undefined : Menu.buildFromTemplate([copy]);
}
