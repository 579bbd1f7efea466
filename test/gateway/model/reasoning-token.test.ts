import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isReasoningToken,
  readReasoningToken,
  reasoningToken,
} from '../../../src-main/gateway/model/reasoning/reasoning-token.ts';

const text = fc.string({ unit: 'binary' });
const thinking = fc.array(
  fc.record(
    {
      kind: fc.constant('thinking' as const),
      text,
      signature: fc.record({
        issuer: fc.constantFrom('anthropic' as const, 'openai' as const, 'google' as const),
        value: text,
      }),
      redacted: fc.constant(true as const),
    },
    { requiredKeys: ['kind', 'text'] },
  ),
  { maxLength: 4 },
);

test('any reasoning comes back as it was, in both alphabets of Base64 and through SDKs that read bytes', () => {
  fc.assert(
    fc.property(text, thinking, (id, parts) => {
      const call = { id, thinking: parts };
      const token = reasoningToken(call);
      expect(Buffer.from(token, 'base64').toString('base64')).toBe(token);
      for (const given of [token, token.replaceAll('+', '-').replaceAll('/', '_')]) {
        expect(isReasoningToken(given)).toBe(true);
        expect(readReasoningToken(given)).toEqual(call);
      }
    }),
  );
});

test('what is cut, made up or of others says nothing', () => {
  const token = reasoningToken({ id: 'c', thinking: [] });
  expect(readReasoningToken(token.slice(0, -6))).toBeUndefined();
  expect(readReasoningToken('CiQBsig')).toBeUndefined();
  expect(isReasoningToken('')).toBe(false);
});

test('reasoning that would make every further request large is not given away, the id is', () => {
  const call = { id: 'c', thinking: [{ kind: 'thinking' as const, text: 'x'.repeat(300_000) }] };
  expect(readReasoningToken(reasoningToken(call))).toEqual({ id: 'c', thinking: [] });
});
