// Takes recorded changes out of a text that others may have changed since.
import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import { any } from '../../config/yaml/read/field-type.ts';
import { formatPath } from '../../config/yaml/read/read-value.ts';
import { deepEqual, withEdit } from '../../config/yaml/values.ts';
import { type Path, type Splice, spliced, type TextFormat } from '../formats/format.ts';
import { inRecordedLineBreaks } from './line-breaks.ts';
import type { Operation } from './operation.ts';
import { describeSteps, resolve, type Steps } from './steps.ts';

export interface Undone {
  readonly text: string;
  /** What was ours and has another value now: it stays. */
  readonly kept: readonly string[];
}

/**
 * Newest change first. Where the text round a change is as we left it, the old characters come back exactly; otherwise,
 * as after a program has rewritten its file, our keys go by their names.
 * Throws Problem `agent_file_invalid` where the text cannot be read.
 */
export function undoOperations(format: TextFormat, text: string, operations: readonly Operation[]): Undone {
  return inRecordedLineBreaks(text, operations, (present) => {
    const undo = new Undo(format, present);
    for (const operation of operations.toReversed()) undo.take(operation);
    return { text: undo.text, kept: undo.kept };
  });
}

class Undo {
  readonly #format: TextFormat;
  readonly kept: string[] = [];
  text: string;

  constructor(format: TextFormat, text: string) {
    this.#format = format;
    this.text = text;
  }

  take(operation: Operation): void {
    const { kind, steps, value, old } = operation;
    const document = this.#format.parse(this.text);
    const found = resolve(document, steps);
    const isThere = found.depth === steps.length;
    if (kind === 'remove') {
      if (isThere) {
        if (!deepEqual(found.value, old)) this.kept.push(describeSteps(steps));
      } else this.#putBack(operation, document, steps, old);
    } else if (!isThere) return;
    else if (deepEqual(found.value, value)) {
      const wanted = withEdit(document, found.path, kind === 'insert' ? undefined : old, any) as JsonObject;
      if (this.#takeExactly(operation, document, wanted)) return;
      if (kind === 'insert') this.#remove(found.path);
      else this.#replace(found.path, operation);
    } else if (operation.volatile) this.#remove(found.path);
    else if (kind === 'insert') this.#takeParts(found.path, found.value, value);
    else this.kept.push(describeSteps(steps));
  }

  /** Whether the text round the change was as we left it, and the result reads as `wanted`. */
  #takeExactly({ anchor, splices }: Operation, document: JsonObject, wanted: JsonObject): boolean {
    const found = resolve(document, anchor.steps);
    if (found.depth < anchor.steps.length) return false;
    const member = this.#format.member(this.text, found.path);
    if (member === undefined) return false;
    const from = anchor.edge === 'start' ? member.start : member.end;
    const back: Splice[] = splices.map(({ at, old, text }) => ({
      start: from + at,
      end: from + at + text.length,
      text: old,
    }));
    const isAsLeft = splices.every(({ text }, index) => {
      const splice = back[index];
      return splice !== undefined && splice.start >= 0 && this.text.slice(splice.start, splice.end) === text;
    });
    return isAsLeft && this.#accept(spliced(this.text, back), wanted);
  }

  #accept(text: string, wanted: JsonObject): boolean {
    try {
      if (!deepEqual(this.#format.parse(text), wanted)) return false;
    } catch {
      // Not a text of this format any more: the change is taken back by its keys instead.
      return false;
    }
    this.text = text;
    return true;
  }

  #remove(path: Path): void {
    this.text = spliced(this.text, this.#format.remove(this.text, path));
  }

  #replace(path: Path, { raw, old }: Operation): void {
    const member = this.#format.member(this.text, path);
    if (raw === undefined || member === undefined) {
      this.text = spliced(this.text, this.#format.set(this.text, path, old));
      return;
    }
    this.text = spliced(this.text, [{ start: member.valueStart, end: member.end, text: raw }]);
  }

  #putBack(operation: Operation, document: JsonObject, steps: Steps, old: unknown): void {
    const parent = resolve(document, steps.slice(0, -1));
    if (parent.depth < steps.length - 1) return;
    const path = [...parent.path, steps.at(-1) as string];
    const wanted = withEdit(document, path, old, any) as JsonObject;
    if (this.#takeExactly(operation, document, wanted)) return;
    this.text = spliced(this.text, this.#format.set(this.text, path, old));
  }

  /** What we inserted holds other things as well now: ours go, one by one. */
  #takeParts(path: Path, present: unknown, ours: unknown): void {
    if (isObject(present) && isObject(ours)) {
      for (const [name, field] of Object.entries(ours)) {
        if (Object.hasOwn(present, name)) this.#takePart([...path, name], present[name], field);
      }
    } else if (Array.isArray(present) && Array.isArray(ours)) {
      const known = ours
        .map((item) => ({ item, index: indexOfMostSimilar(present, item) }))
        .filter(({ index }) => index >= 0);
      // The last first, so that the places of the others stay.
      for (const { item, index } of known.sort((a, b) => b.index - a.index))
        this.#takePart([...path, index], present[index], item);
    } else {
      this.kept.push(formatPath(path));
      return;
    }
    if (isHollow(valueAt(this.#format.parse(this.text), path))) this.#remove(path);
  }

  #takePart(path: Path, present: unknown, ours: unknown): void {
    if (deepEqual(present, ours)) this.#remove(path);
    else this.#takeParts(path, present, ours);
  }
}

const isHollow = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const valueAt = (document: JsonObject, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], document);

/** The index of the object that shares most fields with one of ours; -1 where none shares any. */
function indexOfMostSimilar(items: readonly unknown[], ours: unknown): number {
  const shared = items.map((item) =>
    isObject(item) && isObject(ours)
      ? Object.entries(ours).filter(([name, field]) => deepEqual(item[name], field)).length
      : Number(deepEqual(item, ours)),
  );
  const most = Math.max(0, ...shared);
  return most === 0 ? -1 : shared.indexOf(most);
}
