// How one candidate is asked and how its answer is carried back: as it is when both speak one form, else translated.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { valueNamed } from '../bytes/json-members.ts';
import { writeInTurns } from '../bytes/write-json.ts';
import type { ClientRequest } from '../client/client-request.ts';
import { countBody } from '../formats/count-tokens.ts';
import type { Format, NewId, Target } from '../formats/format.ts';
import type { FormatName } from '../formats/format-name.ts';
import { formats } from '../formats/formats.ts';
import { JsonList } from '../formats/gemini/json-list.ts';
import { isSameForm, passBody, projectOf } from '../formats/passthrough-body.ts';
import type { ResponseRelay } from '../formats/response-relay.ts';
import { CollectResponses } from '../formats/responses/collect-stream.ts';
import { type Exchange, openExchange } from '../formats/translation.ts';
import type { DroppedField } from '../model/dropped-fields.ts';
import { defaultQuirks, type Quirks } from '../model/quirks.ts';
import type { Request, Thinking } from '../model/request.ts';
import type { SignatureCache } from '../model/signature-cache.ts';
import { PassthroughJson } from '../passthrough/passthrough-json.ts';
import { PassthroughStream } from '../passthrough/passthrough-stream.ts';
import type { Candidate } from '../routing/credential.ts';
import type { ThinkingOverride } from '../routing/resolver.ts';
import { limitsOf } from '../routing/static-models.ts';
import { providers } from '../upstream/providers.ts';
import type { RequestBody } from '../upstream/send.ts';
import { CountResponse } from './count-response.ts';
import { TranslateJson, TranslateStream } from './translate.ts';

export interface PlanContext {
  readonly newId: NewId;
  readonly opaque: SignatureCache;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Plan {
  /** The upstream's format. */
  readonly format: FormatName;
  /** Below the credential's base address. */
  readonly path: string;
  readonly body: RequestBody;
  /** Whether a stream is asked for. */
  readonly stream: boolean;
  /** What of the request the upstream's form cannot carry. */
  readonly losses: readonly DroppedField[];
  /** `contentType` of the upstream's answer. */
  readonly relay: (contentType: string) => ResponseRelay;
}

/** Others are served while a body of more bytes is translated. */
const largeBytes = 256 * 1024;

/** Rejects with `RequestError` when the request cannot be said in the upstream's form. */
export async function planFor(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext,
): Promise<Plan> {
  return request.action === 'count'
    ? countPlan(request, candidate, context)
    : answerPlan(request, candidate, thinking, context);
}

async function answerPlan(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext,
): Promise<Plan> {
  const provider = providers[candidate.credential.kind];
  const upstream = formats[provider.format];
  const client = formats[request.format];
  const stream = request.stream || upstream.name === 'codex';
  const isPassed = isSameForm(client.name, upstream.name);
  let exchange: Exchange | undefined;
  const translation = () => {
    exchange ??= openExchange(withThinking(request.decoded(), thinking), {
      client,
      upstream,
      target: targetOf(candidate, stream),
      model: request.model,
      created: Math.floor(context.now / 1_000),
      newId: context.newId,
      opaque: context.opaque,
    });
    return { client, exchange, toStream: request.stream };
  };
  const relay = (contentType: string): ResponseRelay => {
    const fromStream = isStream(contentType, stream);
    if (isPassed && fromStream === request.stream) return passRelay(request, client, upstream);
    if (isPassed && fromStream && client.name === 'responses') return new CollectResponses(client, upstream);
    return fromStream ? new TranslateStream(translation()) : new TranslateJson(translation());
  };
  return {
    format: upstream.name,
    path: provider.path({ model: candidate.model, action: 'generate', stream }),
    body: isPassed
      ? passBody(request, upstream.name, candidate, thinking)
      : await written(request, () => translation().exchange.body),
    stream,
    losses: exchange ? [...request.losses(), ...exchange.losses] : [],
    relay: (contentType) => (request.framing === 'json-list' ? new JsonList(relay(contentType)) : relay(contentType)),
  };
}

function passRelay(request: ClientRequest, client: Format, upstream: Format): ResponseRelay {
  const isWrapped = upstream.name === 'gemini-cli';
  if (!request.stream) return new PassthroughJson(client, upstream, isWrapped ? 'response' : undefined);
  const hideUsage = client.name === 'chat' && !request.wantsUsage;
  return new PassthroughStream({ client, upstream, hideUsage, ...(isWrapped ? { unwrap } : {}) });
}

const unwrap = (data: Buffer): Buffer => valueNamed(new ChunkedBuffer([data]), 'response') ?? data;

/** Servers are not careful with the type of a stream they were asked for. */
function isStream(contentType: string, asked: boolean): boolean {
  return contentType.includes('text/event-stream') || (asked && !/json|html/.test(contentType));
}

async function countPlan(request: ClientRequest, candidate: Candidate, context: PlanContext): Promise<Plan> {
  const provider = providers[candidate.credential.kind];
  const common = {
    format: provider.format,
    path: provider.path({ model: candidate.model, action: 'count', stream: false }),
    stream: false,
    losses: [],
    relay: () => new CountResponse(formats[request.format]),
  };
  if (isSameForm(request.format, provider.format)) {
    return { ...common, body: passBody(request, provider.format, candidate, undefined) };
  }
  const exchange = () =>
    openExchange(request.decoded(), {
      client: formats[request.format],
      upstream: formats[provider.format],
      target: targetOf(candidate, false),
      model: request.model,
      created: Math.floor(context.now / 1_000),
      newId: context.newId,
      opaque: context.opaque,
    });
  const body = await written(request, () => countBody(provider.format, exchange().body, candidate.model));
  return { ...common, body };
}

/** The text of what the request is translated into. */
async function written(request: ClientRequest, translated: () => unknown): Promise<RequestBody> {
  if (request.body.length <= largeBytes) return JSON.stringify(translated());
  // Node ends a pause that began while bytes were coming in before it looks for others; only the next one lets them in.
  await yieldToEventLoop();
  request.decoded();
  await yieldToEventLoop();
  return writeInTurns(translated());
}

function targetOf({ credential, model }: Candidate, stream: boolean): Target {
  const project = projectOf(credential);
  return {
    model,
    stream,
    quirks: quirksOf(credential),
    limits: limitsOf(model),
    ...(project === undefined ? {} : { project }),
  };
}

/** OpenAI itself knows the newer fields that compatible servers often do not. */
function quirksOf({ baseUrl }: Candidate['credential']): Quirks {
  if (!baseUrl.startsWith('https://api.openai.com/')) return defaultQuirks;
  return { ...defaultQuirks, maxTokensField: 'max_completion_tokens', customTools: true };
}

function withThinking(request: Request, wish: ThinkingOverride | undefined): Request {
  return wish === undefined ? request : { ...request, thinking: thinkingOf(wish) };
}

function thinkingOf({ effort, budget, includeThoughts }: ThinkingOverride): Thinking {
  const show = includeThoughts === undefined ? {} : { show: includeThoughts };
  if (effort !== undefined) return effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort, ...show };
  return budget === undefined || budget === 0 ? { mode: 'off' } : { mode: 'budget', budget, ...show };
}
