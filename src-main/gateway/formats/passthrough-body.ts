// The body of a client's request as the upstream of the same form needs it: only what must differ is changed.

import { memberNamed, readValue, type Values, valueBytes, withMembers } from '../bytes/json-members.ts';
import type { ClientRequest } from '../client/client-request.ts';
import { objectOf, textOf } from '../model/json.ts';
import type { Candidate } from '../routing/credential.ts';
import type { ThinkingOverride } from '../routing/resolver.ts';
import type { RequestBody } from '../upstream/send.ts';
import type { FormatName } from './format-name.ts';
import { toCodexBody } from './responses/codex.ts';

/** Whether a client's request can go to an upstream as it is, but for an envelope. */
export function isSameForm(client: FormatName, upstream: FormatName): boolean {
  return (
    client === upstream ||
    (client === 'responses' && upstream === 'codex') ||
    (client === 'gemini' && upstream === 'gemini-cli')
  );
}

type Edit = (request: ClientRequest, candidate: Candidate, thinking: ThinkingOverride | undefined) => Values;

const named = ({ model }: Candidate) => ({ model: JSON.stringify(model) });

/** What each form needs changed. */
const edits: Readonly<Partial<Record<FormatName, Edit>>> = {
  chat: (request, candidate) => ({
    ...named(candidate),
    ...(request.stream && !request.wantsUsage ? { stream_options: withUsage(request) } : {}),
  }),
  responses: (request, candidate, thinking) => ({ ...named(candidate), ...withEffort(request, thinking) }),
  codex: (request, candidate, thinking) => ({
    ...codexValues(request),
    ...named(candidate),
    ...withEffort(request, thinking),
  }),
  messages: (_, candidate) => named(candidate),
  gemini: (request, _, thinking) => withBudget(request, thinking),
  'gemini-cli': (request, _, thinking) => withBudget(request, thinking),
};

export function passBody(
  request: ClientRequest,
  upstream: FormatName,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
): RequestBody {
  const { body, members, action } = request;
  const values = edits[upstream]?.(request, candidate, thinking) ?? {};
  const edited = withMembers(body, members, action === 'count' ? countValues(upstream, candidate) : values);
  const whole = upstream === 'gemini-cli' ? inEnvelope(edited, candidate, action) : edited;
  return body.length > largeBytes ? whole : Buffer.concat(whole);
}

/** Smaller bodies are sent in one piece. */
const largeBytes = 256 * 1024;

function countValues(upstream: FormatName, { model }: Candidate): Values {
  if (upstream === 'gemini') return {};
  return { model: JSON.stringify(upstream === 'gemini-cli' ? `models/${model}` : model) };
}

const withUsage = ({ body, members }: ClientRequest): string =>
  JSON.stringify({ ...objectOf(readValue(body, members, 'stream_options')), include_usage: true });

function withEffort({ body, members }: ClientRequest, thinking: ThinkingOverride | undefined): Values {
  if (thinking?.effort === undefined) return {};
  const given = objectOf(readValue(body, members, 'reasoning'));
  return { reasoning: JSON.stringify({ ...given, effort: thinking.effort }) };
}

function withBudget({ body, members }: ClientRequest, thinking: ThinkingOverride | undefined): Values {
  if (thinking?.budget === undefined) return {};
  const name = memberNamed(members, 'generation_config') ? 'generation_config' : 'generationConfig';
  const { thinking_config: snake, thinkingConfig: camel, ...config } = objectOf(readValue(body, members, name));
  const {
    thinkingBudget: _,
    thinking_budget: __,
    thinkingLevel: ___,
    thinking_level: ____,
    ...given
  } = objectOf(camel ?? snake);
  const shown = thinking.includeThoughts === undefined ? {} : { includeThoughts: thinking.includeThoughts };
  return {
    [name]: JSON.stringify({ ...config, thinkingConfig: { ...given, ...shown, thinkingBudget: thinking.budget } }),
  };
}

/** The rules for Codex accounts, applied to the members without reading their values. */
function codexValues({ body, members }: ClientRequest): Values {
  const unread = Object.fromEntries(members.map((member) => [member.name, member]));
  const wanted = toCodexBody(unread);
  const values: Record<string, string | undefined> = {};
  for (const { name } of members) if (!(name in wanted)) values[name] = undefined;
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== unread[name]) values[name] = JSON.stringify(value);
  }
  const input = valueBytesOf(body, members, 'input');
  // The backend takes lists only.
  if (input?.[0] === 0x22) {
    const text = textOf(JSON.parse(input.toString()));
    values.input = JSON.stringify([{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]);
  }
  return values;
}

function valueBytesOf(
  body: ClientRequest['body'],
  members: ClientRequest['members'],
  name: string,
): Buffer | undefined {
  const member = memberNamed(members, name);
  return member && valueBytes(body, member);
}

/** A counting call has no project, and its model stands inside. */
function inEnvelope(
  pieces: readonly Buffer[],
  { credential, model }: Candidate,
  action: ClientRequest['action'],
): readonly Buffer[] {
  const project = projectOf(credential);
  const head = action === 'count' ? {} : { model, ...(project === undefined ? {} : { project }) };
  const start = JSON.stringify({ ...head, request: 0 }).slice(0, -2);
  return [Buffer.from(start), ...pieces, Buffer.from('}')];
}

/** The Google Cloud project of an account; the first, when the file names several. */
export function projectOf({ account }: Candidate['credential']): string | undefined {
  return textOf(account?.content.project_id).split(',')[0]?.trim() || undefined;
}
