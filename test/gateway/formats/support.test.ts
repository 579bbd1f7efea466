import { expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { reportUnsupported } from '../../../src-main/gateway/formats/support.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import type { Request } from '../../../src-main/gateway/model/request.ts';
import { clientFormats, emptyRequest, target } from '../support/translations.ts';

const samples: Readonly<Record<string, Partial<Request>>> = {
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
  logprobs: { logProbabilities: { top: 2 } },
  modalities: { imageOutput: true },
  temperature: { sampling: { temperature: 0.5 } },
};

test.each(clientFormats.flatMap((format) => Object.keys(samples).map((path) => [path, format] as const)))(
  '%s is either in a %s request or in its dropped fields',
  (path, format) => {
    const plain: Request = {
      ...emptyRequest,
      stream: false,
      turns: [{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }],
    };
    const request = { ...plain, ...samples[path] };
    const dropped = new DroppedFields();
    reportUnsupported(request, formats[format].support, dropped);
    const write = (one: Request) =>
      JSON.stringify(formats[format].encodeRequest(one, { target: target(), dropped: new DroppedFields() }));
    const isLost = dropped.all.some((loss) => loss.path === path);
    expect(write(request) === write(plain)).toBe(isLost);
  },
);
