import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { page, withTables } from '../../../scripts/support-table.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { reportLosses } from '../../../src-main/gateway/formats/support.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import type { Request } from '../../../src-main/gateway/model/request.ts';
import { clientForms, emptyRequest, target } from '../support/exchanges.ts';

test('the page about translation shows the table that the translators use', () => {
  const text = readFileSync(page, 'utf8');
  expect(withTables(text)).toBe(text);
});

const wishes: Readonly<Record<string, Partial<Request>>> = {
  top_k: { sampling: { topK: 40 } },
  seed: { sampling: { seed: 7 } },
  penalties: { sampling: { frequencyPenalty: 0.5 } },
  stop: { stop: ['END'] },
  verbosity: { verbosity: 'low' },
  user: { user: 'u-1' },
  prompt_cache_key: { cacheKey: 'k' },
  service_tier: { tier: 'flex' },
  metadata: { metadata: { a: 'b' } },
  response_format: { output: { kind: 'json' } },
  max_tokens: { maxTokens: 77 },
  temperature: { sampling: { temperature: 0.5 } },
};

test.each(clientForms.flatMap((form) => Object.keys(wishes).map((path) => [path, form] as const)))(
  '%s is either in a %s request or in its losses',
  (path, form) => {
    const plain: Request = {
      ...emptyRequest,
      stream: false,
      turns: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }],
    };
    const request = { ...plain, ...wishes[path] };
    const losses = new DroppedFields();
    reportLosses(request, form, losses);
    const write = (one: Request) =>
      JSON.stringify(formats[form].encodeRequest(one, { target: target(), losses: new DroppedFields() }));
    const isLost = losses.all.some((loss) => loss.path === path);
    expect(write(request) === write(plain)).toBe(isLost);
  },
);
