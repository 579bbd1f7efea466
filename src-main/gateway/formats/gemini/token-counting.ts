import { isObject } from '../../../../src-shared/json.ts';
import { numberOf, objectOf } from '../../model/json.ts';
import type { TokenCounting } from '../token-counting.ts';

export const geminiCounting: TokenCounting = {
  decodeCall: (json) => {
    const body = objectOf(json);
    const inner = body.generateContentRequest ?? body.generate_content_request;
    return isObject(inner) ? inner : json;
  },
  encodeCall: (body, model) => ({ generateContentRequest: { model: `models/${model}`, ...objectOf(body) } }),
  decodeCount: (json) => numberOf(objectOf(json).totalTokens),
  encodeCount: (count) => ({ totalTokens: count, promptTokensDetails: [{ modality: 'TEXT', tokenCount: count }] }),
};
