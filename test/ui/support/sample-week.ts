// Requests of two weeks for the sample world, with what they cost and how long they took. Always the same ones.
import type { StoredRequest } from '../../../src-main/storage/ledger.ts';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { storedRequest } from '../../storage/stored-request.ts';

const hourMs = 3_600_000;
const days = 14;
/** Later ones are those of `sampleRequests`. */
const endsMs = hourMs;

const account = (provider: string, email: string): Partial<RequestRecord> => {
  const file = `${provider}-${email}.json`;
  return { provider, source: file, credential: file, auth_index: file.slice(0, 16) };
};
const relay: Partial<RequestRecord> = {
  provider: 'openai-compatibility',
  source: 'relay-a',
  credential: 'sk-r...1f0e',
};

/** Model, who answers, US dollars of one request (null: no price), and how many of ten. */
const models = [
  ['claude-sonnet-4-5', account('claude', 'team@example.com'), 0.031, 4],
  ['gpt-5-codex', account('codex', 'work@example.org'), 0.018, 2],
  ['gemini-2.5-pro', { provider: 'gemini', source: 'gemini-api-key', credential: 'AIza...1234' }, 0.012, 2],
  ['qwen/qwen3-coder', relay, 0.002, 1],
  ['moonshot/kimi-k2', relay, null, 1],
] as const;

/** The model of each of ten requests in a row. */
const turns = models.flatMap((model) => Array.from({ length: model[3] }, () => model));

export function sampleWeek(now: number, keyIds: ReadonlyMap<string, string>): readonly StoredRequest[] {
  const keys = [...keyIds];
  const requests: StoredRequest[] = [];
  for (let hoursAgo = days * 24; hoursAgo * hourMs > endsMs; hoursAgo -= 1) {
    const start = now - hoursAgo * hourMs;
    const date = new Date(start);
    const isWork = date.getHours() >= 8 && date.getHours() < 19 && ![0, 6].includes(date.getDay());
    for (let index = 0; index < (isWork ? 7 : 1); index += 1) {
      const turn = requests.length;
      const [model, by, usd] = turns[turn % turns.length] ?? models[0];
      const [key_name, key_id] = keys[turn % keys.length] ?? ['laptop', null];
      const input = 4000 + ((turn * 379) % 9000);
      const total_ms = 900 + ((turn * 173) % 1700) + (turn % 11 === 0 ? 4000 : 0);
      requests.push(
        storedRequest(start + index * 60_000, {
          ...{ key_name, key_id, model, model_sent: model, ...by, total_ms },
          tokens: { input, output: 700, reasoning: 0, cache_read: input / 2, cache_write: 0, estimated: false },
          cost: { usd, basis: usd === null ? 'unknown' : 'list', billed: by === relay || by.provider === 'gemini' },
        }),
      );
    }
  }
  return requests;
}
