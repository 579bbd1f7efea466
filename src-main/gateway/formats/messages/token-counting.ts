import { defined, numberOf, objectOf } from '../../model/json.ts';
import type { TokenCounting } from '../token-counting.ts';

/** What `/v1/messages/count_tokens` takes of a Messages body. */
const counted = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'];

export const messagesCounting: TokenCounting = {
  decodeCall: (json) => json,
  encodeCall: (body) => {
    const request = objectOf(body);
    return defined(Object.fromEntries(counted.map((field) => [field, request[field]])));
  },
  decodeCount: (json) => numberOf(objectOf(json).input_tokens),
  encodeCount: (count) => ({ input_tokens: count }),
};
