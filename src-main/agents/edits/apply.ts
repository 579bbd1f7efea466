// Writes assignments into a text, and records how to take each of them back.
import { isObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { any } from '../../config/yaml/read/field-type.ts';
import { deepEqual, withEdit } from '../../config/yaml/values.ts';
import { invalidAt, type Path, type Splice, spliced, type TextFormat } from '../formats/format.ts';
import type { Assignment, Operation } from './operation.ts';
import { describeSteps, resolve, type Steps, wrapped } from './steps.ts';

export interface Applied {
  readonly text: string;
  readonly operations: readonly Operation[];
}

/**
 * Values that stand there already are left alone and are not ours to take back.
 * Throws Problem `agent_file_invalid` where the text cannot be read, or holds something else than expected on the way.
 */
export function applyAssignments(format: TextFormat, text: string, assignments: readonly Assignment[]): Applied {
  const writer = new Writer(format, text);
  const volatile = new Set<string>();
  for (const assignment of assignments) {
    const { steps, value } = assignment;
    if (value === undefined) writer.remove(steps);
    else writer.put(steps, value);
    if (assignment.volatile) volatile.add(describeSteps(steps));
  }
  const operations = writer.operations.map((one) =>
    one.kind === 'insert' && volatile.has(describeSteps(one.steps)) ? { ...one, volatile: true as const } : one,
  );
  return { text: writer.text, operations };
}

class Writer {
  readonly #format: TextFormat;
  readonly operations: Operation[] = [];
  text: string;

  constructor(format: TextFormat, text: string) {
    this.#format = format;
    this.text = text;
  }

  put(steps: Steps, value: unknown): void {
    const document = this.#format.parse(this.text);
    const found = resolve(document, steps);
    if (found.depth < steps.length) {
      this.#insert(steps, value, found.depth, found.value);
      return;
    }
    if (deepEqual(found.value, value)) return;
    if (isObject(found.value) && isObject(value)) {
      for (const [name, field] of Object.entries(value)) this.put([...steps, name], field);
      return;
    }
    // A mapping where something else stands means a file of another kind than we know.
    if (isObject(value) && found.value !== null) throw this.#unexpected(steps, found.path, 'an object');
    this.#replace(steps, found.path, found.value, value);
  }

  #replace(steps: Steps, path: Path, old: unknown, value: unknown): void {
    const member = this.#format.member(this.text, path);
    const raw = member && this.text.slice(member.valueStart, member.end);
    this.#write({ kind: 'replace', steps: [...steps], value, old, ...(raw !== undefined && { raw }) }, path, value);
  }

  /** `depth` steps exist, and hold `parent`. */
  #insert(steps: Steps, value: unknown, depth: number, parent: unknown): void {
    const own = steps.slice(0, depth + 1);
    const step = own.at(-1);
    const content = wrapped(steps.slice(depth + 1), value);
    const { path } = resolve(this.#format.parse(this.text), steps.slice(0, depth));
    if (parent === null && depth > 0) {
      this.#replace(steps.slice(0, depth), path, null, wrapped(own.slice(-1), content));
      return;
    }
    const fits = typeof step === 'string' ? isObject(parent) : Array.isArray(parent);
    if (step === undefined || !fits)
      throw this.#unexpected(steps.slice(0, depth), path, typeof step === 'string' ? 'an object' : 'a list');
    const key = typeof step === 'string' ? step : (parent as readonly unknown[]).length;
    this.#write({ kind: 'insert', steps: [...own], value: content }, [...path, key], content);
  }

  #unexpected(steps: Steps, path: Path, kind: string): Problem {
    const place = this.#format.member(this.text, path)?.valueStart ?? 0;
    return invalidAt(this.text, place, `${describeSteps(steps)} must be ${kind}.`);
  }

  remove(steps: Steps): void {
    const document = this.#format.parse(this.text);
    const { path, depth, value } = resolve(document, steps);
    if (depth < steps.length) return;
    const siblings = Object.keys(resolve(document, steps.slice(0, -1)).value as object);
    const before = siblings[siblings.indexOf(String(steps.at(-1))) - 1];
    const anchor: Operation['anchor'] =
      before === undefined
        ? { steps: steps.slice(0, -1), edge: 'start' }
        : { steps: [...steps.slice(0, -1), before], edge: 'end' };
    const member = this.#format.member(this.text, path);
    const raw = member && this.text.slice(member.valueStart, member.end);
    const splices = this.#format.remove(this.text, path);
    this.#commit(
      { kind: 'remove', steps: [...steps], old: value, ...(raw !== undefined && { raw }), anchor },
      splices,
      path,
    );
  }

  #write(operation: Omit<Operation, 'anchor' | 'splices'>, path: Path, value: unknown): void {
    const anchor = { steps: operation.steps, edge: 'start' as const };
    this.#commit({ ...operation, anchor }, this.#format.set(this.text, path, value), path, value);
  }

  /** Reads the new text back before it counts. */
  #commit(operation: Omit<Operation, 'splices'>, splices: readonly Splice[], path: Path, value?: unknown): void {
    const text = spliced(this.text, splices);
    const wanted = withEdit(this.#format.parse(this.text), path, value, any);
    const document = this.#format.parse(text);
    if (!deepEqual(document, wanted)) throw new Problem('agent_file_invalid', unwritable(operation.steps));
    const anchor = resolve(document, operation.anchor.steps);
    const member = this.#format.member(text, anchor.path);
    const from = (operation.anchor.edge === 'start' ? member?.start : member?.end) ?? 0;
    let shift = 0;
    const recorded = [...splices]
      .sort((a, b) => a.start - b.start)
      .map((splice) => {
        const at = splice.start + shift - from;
        shift += splice.text.length - (splice.end - splice.start);
        return { at, old: this.text.slice(splice.start, splice.end), text: splice.text };
      });
    this.operations.push({ ...operation, splices: recorded });
    this.text = text;
  }
}

const unwritable = (steps: Steps): string =>
  `${describeSteps(steps)} cannot be written without changing other parts of the file. Set it by hand.`;
