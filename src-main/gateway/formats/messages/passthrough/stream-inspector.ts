import { isObject, type JsonObject } from '../../../../../src-shared/json.ts';
import type { EventFields } from '../../../bytes/sse-scanner.ts';
import { errorOf } from '../../../model/errors/upstream-error.ts';
import { objectOf, textOf } from '../../../model/json.ts';
import {
  begins,
  invalidJson,
  nothingNew,
  parse,
  reportedWithoutWords,
  saysSomething,
  typeOf,
  UsageInspector,
} from '../../shared/usage-inspector.ts';
import type { Inspection } from '../../stream-inspector.ts';

export class MessagesInspector extends UsageInspector {
  inspect({ event, data }: EventFields, hasBegun: boolean): Inspection {
    if (data === undefined) return nothingNew;
    const type = event || typeOf(data);
    if (type === 'message_stop') {
      this.isComplete = true;
      return { begins: true, last: true };
    }
    if (type === 'message_start' || type === 'message_delta') {
      const json = objectOf(parse(data));
      this.addUsage(json);
      return objectOf(json.delta).stop_reason ? begins : nothingNew;
    }
    if (type === 'error') return { error: errorOf(parse(data), reportedWithoutWords) };
    if (hasBegun) return nothingNew;
    const json = parse(data);
    if (!isObject(json)) return invalidJson(data);
    if (type === 'content_block_delta') return saysSomething(withoutType(json.delta)) ? begins : nothingNew;
    if (type !== 'content_block_start') return nothingNew;
    return ['text', 'thinking'].includes(textOf(objectOf(json.content_block).type)) ? nothingNew : begins;
  }
}

const withoutType = (value: unknown): JsonObject => {
  const { type: _, ...rest } = objectOf(value);
  return rest;
};
