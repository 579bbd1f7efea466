import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyText } from '../../../src-main/electron/tray/copy-text.ts';

const address = 'http://127.0.0.1:8317';

test('the environment for bash says what it should, whatever the key is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...`ab'"$\`\\!%&;# `) }), (key) => {
      const script = `${copyText('bash', address, key)}\nprintf %s "$OPENAI_API_KEY|$ANTHROPIC_BASE_URL"`;
      expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(`${key}|${address}`);
    }),
    { numRuns: 30 },
  );
});

test('each shell gets its own words', () => {
  expect(copyText('powershell', address, "it's")).toContain("$env:OPENAI_API_KEY = 'it''s'");
  expect(copyText('fish', address, "it's")).toContain("set -gx OPENAI_API_KEY 'it\\'s'");
  expect(copyText('cmd', address, '50%')).toContain('set "OPENAI_API_KEY=50%%"');
  expect(copyText('curl', address, undefined)).toBe('curl http://127.0.0.1:8317/v1/models');
});
