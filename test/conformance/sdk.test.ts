// The services' own SDKs as clients of the gateway, against upstreams of every format.
import { testKit } from './kit.ts';

const clients = ['openai chat', 'openai responses', 'anthropic', 'google'];
const formats = ['chat', 'responses', 'messages', 'gemini'];
const modes = ['call', 'stream'];

/** The names that `sdk-check.mjs` gives its checks. */
const names = clients.flatMap((client) => [
  ...formats.flatMap((format) => [
    ...modes.flatMap((mode) =>
      ['of text with usage', 'with two parallel tool calls', 'with reasoning'].map(
        (what) => `${client} > ${format}: ${mode} ${what}`,
      ),
    ),
    `${client} > ${format}: tool call answered in the next turn`,
    `${client} > ${format}: image and system text arrive`,
  ]),
  `${client}: list of models`,
  `${client}: wrong client key is 401`,
  `${client}: unknown model is 400 or 404 and named`,
  ...[400, 429, 500].flatMap((status) =>
    modes.map((mode) => `${client}: upstream ${status} keeps status and text, ${mode}`),
  ),
  `${client}: a stream that is cut raises an error`,
  `${client}: abort ends the upstream call`,
]);

const sampled = 'anthropic > chat:';

testKit({
  name: 'sdk',
  runner: 'gateway/sdk-check.mjs',
  cases: names,
  sample: names.filter((name) => name.includes(sampled)),
  args: (chosen) => (chosen.length === names.length ? [] : ['--only', chosen.length === 1 ? (chosen[0] ?? '') : sampled]),
  timeoutMs: 300_000,
});
