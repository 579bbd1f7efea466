// The user's tools in the tray's menu: what can be done with each, without a window where nothing new is written.
import type { Agent } from '../../../src-shared/contract/agents.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { item, type TrayItem } from './tray-item.ts';

export interface TrayTool {
  readonly id: string;
  readonly name: string;
  readonly state: Agent['state'];
  /** Something of ours is in its files. */
  readonly isWritten: boolean;
}

/** Tools of this computer that a file sets up. */
export const trayTools = (agents: readonly Agent[]): readonly TrayTool[] =>
  agents
    .filter(({ support, installed, configured }) => support === 'file' && (installed || configured))
    .map(({ id, name, state, written }) => ({ id, name, state, isWritten: written !== '' }));

/** A menu for each tool. On Linux it is one item, since many desktops show no submenus. */
export function toolItems(tools: readonly TrayTool[], text: DesktopText, flat: boolean): readonly TrayItem[] {
  if (tools.length === 0) return [];
  if (flat) return [item(text.toolsFlat, { type: 'open', route: 'tools' })];
  return [{ kind: 'menu', label: text.tools, items: tools.map((tool) => toolMenu(tool, text)) }];
}

function toolMenu({ id, name, state, isWritten }: TrayTool, text: DesktopText): TrayItem {
  const restore = item(text.toolRestore, { type: 'tool', act: 'restore', id, name });
  // What is written for the first time, or over what somebody else has written, is looked at before.
  const look = item(text.toolSetUp, { type: 'open', route: `tools/${id}` });
  const again = item(text.toolSetUpAgain, { type: 'tool', act: 'apply', id, name });
  const verify = item(text.toolVerify, { type: 'tool', act: 'verify', id, name });
  return {
    kind: 'menu',
    label: text.toolState(name, state),
    items: [
      ...(state === 'configured' ? [verify, again] : state === 'stale' ? [again] : [look]),
      ...(isWritten ? [restore] : []),
    ],
  };
}
