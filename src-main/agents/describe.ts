// What is told of each tool: whether it is here, and how its files stand to what was written into them.
import type { Agent } from '../../src-shared/contract/agents.ts';
import { Problem } from '../../src-shared/problem.ts';
import { findProgram, versionOf } from './place.ts';
import { keptOf, restorePlans } from './plan.ts';
import type { Receipt } from './receipts.ts';
import { digestOf } from './settings-file.ts';
import { suggestedModel } from './slots.ts';
import type { ManualTool, Place, Tool } from './tool.ts';

/** What is in force now. */
export interface Present {
  readonly place: Place;
  /** Base address for clients. */
  readonly address: () => string;
  /** Client keys of the config. */
  readonly keys: () => readonly string[];
  /** Names of the models that the gateway serves. */
  readonly models: () => readonly string[];
}

export function describeTool(tool: Tool, receipt: Receipt | undefined, present: Present): Agent {
  const { place, models } = present;
  const program = findProgram(place, tool.programs) ?? '';
  const status = statusOf(tool, receipt, present);
  return {
    id: tool.id,
    name: tool.name,
    support: 'file',
    installed: program !== '' || place.exists(tool.directory(place)),
    program,
    version: program && versionOf(program),
    filesConversations: tool.providers !== undefined,
    configured: status.state === 'configured' || status.state === 'changed' || status.state === 'stale',
    ...status,
    written: receipt?.time ?? '',
    files: tool.files(place).map(({ file }) => ({ file, exists: place.exists(file) })),
    keyIndex: present.keys().findIndex((key) => digestOf(key) === receipt?.key),
    slots: tool.slots.map((id) => ({
      id,
      model: receipt?.models[id] ?? '',
      suggested: suggestedModel(id, models()) ?? '',
    })),
  };
}

export function describeManualTool({ id, name, support, programs }: ManualTool, place: Place): Agent {
  const program = findProgram(place, programs) ?? '';
  const version = program && versionOf(program);
  const none = { filesConversations: false, configured: false, state: 'absent', message: '', written: '' } as const;
  return {
    id,
    name,
    support,
    installed: program !== '',
    program,
    version,
    ...none,
    files: [],
    keyIndex: -1,
    slots: [],
  };
}

function statusOf(tool: Tool, receipt: Receipt | undefined, present: Present): Pick<Agent, 'state' | 'message'> {
  const { place, address, keys } = present;
  try {
    const planned = restorePlans(tool, place, receipt);
    if (receipt === undefined) return { state: 'absent', message: '' };
    const kept = keptOf(planned);
    if (kept.length > 0) return { state: 'changed', message: kept.map(({ key }) => key).join(', ') };
    // A program may have rewritten its file without what it was given.
    const isLeft = planned.some(({ found, text }) => found.text !== text);
    const wasWritten = receipt.files.some(({ operations }) => operations.length > 0);
    if (wasWritten && !isLeft) return { state: 'absent', message: '' };
    const isOurs = receipt.origin === address() && keys().some((key) => digestOf(key) === receipt.key);
    return { state: isOurs ? 'configured' : 'stale', message: '' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { state: 'invalid', message: error.message };
  }
}
