import { isObject } from '../../../../../src-shared/json.ts';
import type { EventFields } from '../../../bytes/sse-scanner.ts';
import { errorOf } from '../../../model/errors/upstream-error.ts';
import { objectOf } from '../../../model/json.ts';
import {
  begins,
  doneData,
  invalidJson,
  nothingNew,
  parse,
  reportedWithoutWords,
  typeOf,
  UsageInspector,
} from '../../shared/usage-inspector.ts';
import type { Inspection } from '../../stream-inspector.ts';

const lastEvents = new Set(['response.completed', 'response.incomplete']);
const errorEvents = new Set(['response.failed', 'error']);

export class ResponsesInspector extends UsageInspector {
  inspect({ event, data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined || data.equals(doneData)) return nothingNew;
    const type = event || typeOf(data);
    if (lastEvents.has(type)) {
      this.addUsage(objectOf(parse(data)).response);
      this.isComplete = true;
      return { begins: true, last: true };
    }
    if (errorEvents.has(type)) {
      const json = objectOf(parse(data));
      const response = objectOf(json.response);
      this.addUsage(response);
      return { error: errorOf(isObject(response.error) ? response : json, reportedWithoutWords) };
    }
    if (hasBegun) return nothingNew;
    if (type === '' || type === 'message') return isObject(parse(data)) ? nothingNew : invalidJson(data);
    return /\.(?:delta|done)$/.test(type) ? begins : nothingNew;
  }
}
