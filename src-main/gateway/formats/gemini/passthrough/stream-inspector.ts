import { isObject } from '../../../../../src-shared/json.ts';
import type { EventFields } from '../../../bytes/sse-scanner.ts';
import { errorOf } from '../../../model/errors/upstream-error.ts';
import type { Usage } from '../../../model/events.ts';
import { objectOf, objectsOf } from '../../../model/json.ts';
import {
  begins,
  hasMember,
  invalidJson,
  nothingNew,
  parse,
  quoted,
  reportedWithoutWords,
  saysSomething,
  UsageInspector,
} from '../../shared/usage-inspector.ts';
import type { Inspection } from '../../stream-inspector.ts';

const errorName = quoted('error');
const usageName = quoted('usageMetadata');
const finishName = quoted('finishReason');
const blockName = quoted('blockReason');

export class GeminiInspector extends UsageInspector {
  /** Usage comes with every chunk and the last one counts: only that one is parsed. */
  #withUsage: Buffer | undefined;

  override get usage(): Partial<Usage> | undefined {
    if (this.#withUsage !== undefined) this.addUsage(parse(this.#withUsage));
    this.#withUsage = undefined;
    return super.usage;
  }

  inspect({ data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return nothingNew;
    if (hasMember(data, usageName)) this.#withUsage = Buffer.from(data);
    const ends = hasMember(data, finishName) || hasMember(data, blockName);
    if (ends) this.isComplete = true;
    if (hasBegun && !hasMember(data, errorName)) return nothingNew;
    const json = parse(data);
    const chunk = Array.isArray(json) ? json[0] : json;
    if (!isObject(chunk)) return invalidJson(data);
    if (isObject(chunk.error)) return { error: errorOf(chunk, reportedWithoutWords) };
    const parts = objectsOf(chunk.candidates).flatMap(({ content }) => objectsOf(objectOf(content).parts));
    return ends || parts.some(saysSomething) ? begins : nothingNew;
  }
}
