// The vendors' SDKs as clients of the routes beside the four formats.
import { everyNth, testKit } from './kit.ts';

/** The names that `sdk-breadth.mjs` gives its checks. */
const names = [
  "(yardstick, no gateway) a server that answers numbers spoils the SDK's vectors",
  'embeddings.create, compat',
  'embeddings.create, a server that answers numbers',
  'embeddings.create, float asked',
  'embeddings.create, Gemini, 130 texts',
  'embeddings.create at a provider without: one clean error, no repeats',
  'models.embedContent (Google), Gemini upstream',
  'models.embedContent (Google), OpenAI-form upstream',
  'moderations.create',
  'images.generate',
  'images.generate, streamed',
  'images.generate, Gemini',
  'images.edit, 2 MB, the model last',
  'images.edit, two pictures',
  'audio.transcriptions.create',
  'audio.transcriptions.create, streamed',
  'audio.transcriptions.create, srt',
  'audio.translations.create',
  'audio.speech.create',
  'responses.compact',
  'responses.create with previous_response_id at a chat server',
  'responses.stream with previous_response_id at a Messages server',
  'responses.retrieve, inputItems.list, delete',
  'responses WebSocket (openai ws client): two turns',
  'files.create and content (OpenAI)',
  'messages.batches.create, then results through the gateway',
];

testKit({
  name: 'sdk-breadth',
  runner: 'breadth/sdk-breadth.mjs',
  cases: names,
  sample: everyNth(names, 5),
  args: (chosen) => (chosen.length === 1 ? ['--only', chosen[0] ?? ''] : []),
  timeoutMs: 120_000,
});
