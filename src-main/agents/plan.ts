// What setting up a tool, or putting it back, would make of its files. Reads files and writes none.
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { AgentChange, KeptKey } from '../../src-shared/contract/agents.ts';
import type { JsonObject } from '../../src-shared/json.ts';
import { applyAssignments } from './edits/apply.ts';
import type { Operation } from './edits/operation.ts';
import { undoOperations } from './edits/undo.ts';
import type { TextFormat } from './formats/format.ts';
import type { FileReceipt, Receipt } from './receipts.ts';
import { digestOf, type FoundFile, inFile, readSettings, requireUsable } from './settings-file.ts';
import type { Place, Setup, Tool, ToolFile } from './tool.ts';

/** One file, as it is and as it would be. */
export interface PlannedFile {
  readonly found: FoundFile;
  /** `undefined`: the file goes. */
  readonly text: string | undefined;
  /** The text without anything of ours. */
  readonly baseline: string | undefined;
  readonly operations: readonly Operation[];
  readonly kept: readonly string[];
  /** What stands in it now, as far as its format can be read. */
  readonly document: JsonObject;
  readonly receipt: FileReceipt | undefined;
}

/** Throws Problem `agent_file_invalid` for a file that cannot be used. */
export function planSetUp(file: ToolFile, setup: Setup, receipt: Receipt | undefined): PlannedFile {
  const cleared = planRestore(file.file, file.format, receiptOf(receipt, file.file));
  return inFile(file.file, () => {
    const baseline = cleared.text ?? '';
    const document = file.format.parse(baseline);
    const { text, operations } = applyAssignments(file.format, baseline, file.assignments(setup, document));
    const isNew = cleared.text === undefined && operations.length === 0;
    return { ...cleared, text: isNew ? undefined : text, baseline: cleared.text, operations, document };
  });
}

interface RestoreOptions {
  /** The key of the tool's providers, when ours is to stay. */
  readonly keep?: string | undefined;
}

/** Throws Problem `agent_file_invalid` for a file that cannot be used. */
function planRestore(
  file: string,
  format: TextFormat,
  receipt: FileReceipt | undefined,
  { keep }: RestoreOptions = {},
): PlannedFile {
  const found = readSettings(file);
  const present = found.text;
  const plan = { found, baseline: present, text: present, operations: [], kept: [], receipt };
  if (present === undefined) return { ...plan, document: {} };
  return inFile(file, () => {
    const document = format.parse(present);
    requireUsable(found, format);
    if (receipt === undefined) return { ...plan, document };
    const operations = written(receipt, digestOf(present)).filter(
      ({ steps }) => keep === undefined || steps[0] !== keep,
    );
    const { text, kept } = undoOperations(format, present, operations);
    const isGone = !receipt.existed && isHollow(text, format);
    const left = isGone ? undefined : text;
    return { ...plan, text: left, baseline: left, kept, document };
  });
}

/**
 * The files of a receipt as they are now, wherever the tool has them today, without what is ours. Where the tool is not
 * set up, those of the tool.
 */
export function restorePlans(
  tool: Tool,
  place: Place,
  receipt: Receipt | undefined,
  keep?: string,
): readonly PlannedFile[] {
  const present = tool.files(place);
  const moved = (receipt?.files ?? []).filter(({ file }) => !present.some((one) => one.file === file));
  const formatOf = ({ file }: FileReceipt) =>
    (present.find((one) => path.basename(one.file) === path.basename(file)) ?? present[0])?.format;
  const isWritten = ({ file }: ToolFile) => receipt === undefined || receiptOf(receipt, file) !== undefined;
  return [
    ...present
      .filter(isWritten)
      .map(({ file, format }) => planRestore(file, format, receiptOf(receipt, file), { keep })),
    ...moved.flatMap((one) => {
      const format = formatOf(one);
      return format === undefined ? [] : [planRestore(one.file, format, one, { keep })];
    }),
  ];
}

const receiptOf = (receipt: Receipt | undefined, file: string): FileReceipt | undefined =>
  receipt?.files.find((one) => one.file === file);

/** What of a receipt stands in a file: a program that was killed may not have come to write it. */
function written(receipt: FileReceipt, digest: string): readonly Operation[] {
  if (digest === receipt.after) return receipt.operations;
  if (digest === receipt.previous?.after) return receipt.previous.operations;
  return digest === receipt.before ? [] : receipt.operations;
}

/** Nothing but brackets and white space. */
const isHollow = (text: string, format: TextFormat): boolean =>
  Object.keys(format.parse(text)).length === 0 && /^[\s{}\ufeff]*$/.test(text);

export function changesOf(files: readonly PlannedFile[]): AgentChange[] {
  return files
    .filter(({ found, text }) => found.text !== text)
    .map(({ found, text }) => {
      const before = found.text ?? '';
      const after = text ?? '';
      const patch = createTwoFilesPatch(found.file, found.file, before, after, '', '', { context: 3 });
      return { file: found.file, before, after, diff: patch.slice(patch.indexOf('\n') + 1) };
    });
}

export const keptOf = (files: readonly PlannedFile[]): KeptKey[] =>
  files.flatMap(({ found, kept }) => kept.map((key) => ({ file: found.file, key })));

/** Of the files as they are, to tell whether they still are when the user has agreed. */
export const revisionOf = (files: readonly PlannedFile[]): string =>
  digestOf(JSON.stringify(files.map(({ found }) => [found.file, digestOf(found.text)])));
