import { isObject } from '../../../../../src-shared/json.ts';
import type { EventFields } from '../../../bytes/sse-scanner.ts';
import { errorOf } from '../../../model/errors/upstream-error.ts';
import { objectOf, objectsOf } from '../../../model/json.ts';
import {
  begins,
  doneData,
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
const usageName = quoted('usage');
const finishName = quoted('finish_reason');

export class ChatInspector extends UsageInspector {
  inspect({ data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return nothingNew;
    if (data.equals(doneData)) {
      const inspection = this.isComplete || hasBegun ? { last: true } : nothingNew;
      this.isComplete ||= hasBegun;
      return inspection;
    }
    const finishes = hasMember(data, finishName);
    if (hasBegun && !finishes && !hasMember(data, usageName) && !hasMember(data, errorName)) return nothingNew;
    const chunk = parse(data);
    if (!isObject(chunk)) return invalidJson(data);
    if (chunk.error !== undefined && chunk.error !== null) return { error: errorOf(chunk, reportedWithoutWords) };
    const choices = objectsOf(chunk.choices);
    if (isObject(chunk.usage)) this.addUsage(chunk);
    if (finishes) {
      this.isComplete = true;
      return begins;
    }
    if (choices.length === 0 && isObject(chunk.usage)) return { usageOnly: true };
    return hasBegun || choices.some(({ delta }) => saysSomething(objectOf(delta))) ? begins : nothingNew;
  }
}
