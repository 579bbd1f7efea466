// The history as a file for other programs.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';

const columns: Readonly<Record<string, (record: RequestRecord) => string | number | boolean | null>> = {
  id: ({ id }) => id,
  started_at: ({ started_at }) => started_at,
  finished_at: ({ finished_at }) => finished_at,
  state: ({ state }) => state,
  outcome: ({ outcome }) => outcome,
  status: ({ status }) => status,
  key_id: ({ key_id }) => key_id,
  key: ({ key }) => key,
  key_name: ({ key_name }) => key_name,
  client_ip: ({ client_ip }) => client_ip,
  user_agent: ({ user_agent }) => user_agent,
  form: ({ form }) => form,
  model: ({ model }) => model,
  model_sent: ({ model_sent }) => model_sent,
  provider: ({ provider }) => provider,
  source: ({ source }) => source,
  credential: ({ credential }) => credential,
  auth_index: ({ auth_index }) => auth_index,
  chain: ({ chain }) => chain,
  tries: ({ tries }) => tries.length,
  first_byte_ms: ({ first_byte_ms }) => first_byte_ms,
  total_ms: ({ total_ms }) => total_ms,
  stream: ({ stream }) => stream,
  input_tokens: ({ tokens }) => tokens.input,
  output_tokens: ({ tokens }) => tokens.output,
  reasoning_tokens: ({ tokens }) => tokens.reasoning,
  cache_read_tokens: ({ tokens }) => tokens.cache_read,
  cache_write_tokens: ({ tokens }) => tokens.cache_write,
  seconds: ({ seconds }) => seconds,
  estimated: ({ tokens }) => tokens.estimated,
  cost_usd: ({ cost }) => cost.usd,
  cost_basis: ({ cost }) => cost.basis,
  billed: ({ cost }) => cost.billed,
  dropped_fields: ({ dropped_fields }) => dropped_fields.join(' '),
  session_id: ({ session_id }) => session_id,
  error: ({ error }) => error,
};

/** RFC 4180. */
export function csvOf(records: readonly RequestRecord[]): string {
  const lines = records.map((record) => Object.values(columns).map((value) => field(value(record))));
  return [Object.keys(columns), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: string | number | boolean | null): string {
  const text = String(value ?? '');
  // Spreadsheets run a text that begins so as a formula, and clients choose some of these texts.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
