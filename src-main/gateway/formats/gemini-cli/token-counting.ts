import { objectOf } from '../../model/json.ts';
import { geminiCounting } from '../gemini/token-counting.ts';
import type { TokenCounting } from '../token-counting.ts';
import { unwrapResponse } from './envelope.ts';

export const geminiCliCounting: TokenCounting = {
  ...geminiCounting,
  encodeCall: (body, model) => ({
    request: { model: `models/${model}`, contents: objectOf(objectOf(body).request).contents },
  }),
  decodeCount: (json) => geminiCounting.decodeCount(unwrapResponse(json)),
};
