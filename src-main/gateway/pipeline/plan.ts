// How one candidate is asked and how its answer is carried back: as it is when both speak one form, else translated.
import { setImmediate as breathe } from 'node:timers/promises';
import type { ClientRequest } from '../client/client-request.ts';
import type { Candidate } from '../credentials/credential.ts';
import { countBody } from '../formats/count-tokens.ts';
import { type Exchange, openExchange } from '../formats/exchange.ts';
import type { Format, FormatName, NewId, Target } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import type { Loss } from '../ir/loss.ts';
import type { OpaqueState } from '../ir/opaque-state.ts';
import { defaultQuirks, type Quirks } from '../ir/quirks.ts';
import type { Request, Thinking } from '../ir/request.ts';
import { Rope } from '../json/rope.ts';
import { valueNamed } from '../json/spans.ts';
import { writeInTurns } from '../json/write-json.ts';
import type { ThinkingWish } from '../models/resolver.ts';
import { limitsOf } from '../models/static-models.ts';
import { providers } from '../upstream/providers.ts';
import type { RequestBody } from '../upstream/send.ts';
import { CountWhole } from './count-whole.ts';
import { FoldResponses } from './fold-responses.ts';
import { JsonList } from './json-list.ts';
import { isSameForm, passBody, projectOf } from './pass-body.ts';
import { PassStream } from './pass-stream.ts';
import { PassWhole } from './pass-whole.ts';
import type { Relay } from './relay.ts';
import { TranslateStream, TranslateWhole } from './translate.ts';

export interface PlanContext {
  readonly newId: NewId;
  readonly opaque: OpaqueState;
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
  readonly losses: readonly Loss[];
  /** `contentType` of the upstream's answer. */
  readonly relay: (contentType: string) => Relay;
}

/** Others are served while a body of more bytes is translated. */
const largeBytes = 256 * 1024;

/** Rejects with `RequestError` when the request cannot be said in the upstream's form. */
export async function planFor(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingWish | undefined,
  context: PlanContext,
): Promise<Plan> {
  return request.action === 'count'
    ? countPlan(request, candidate, context)
    : answerPlan(request, candidate, thinking, context);
}

async function answerPlan(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingWish | undefined,
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
  const relay = (contentType: string): Relay => {
    const fromStream = isStream(contentType, stream);
    if (isPassed && fromStream === request.stream) return passRelay(request, client, upstream);
    if (isPassed && fromStream && client.name === 'responses') return new FoldResponses(client, upstream);
    return fromStream ? new TranslateStream(translation()) : new TranslateWhole(translation());
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

function passRelay(request: ClientRequest, client: Format, upstream: Format): Relay {
  const isWrapped = upstream.name === 'gemini-cli';
  if (!request.stream) return new PassWhole(client, upstream, isWrapped ? 'response' : undefined);
  const hideUsage = client.name === 'chat' && !request.wantsUsage;
  return new PassStream({ client, upstream, hideUsage, ...(isWrapped ? { unwrap } : {}) });
}

const unwrap = (data: Buffer): Buffer => valueNamed(new Rope([data]), 'response') ?? data;

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
    relay: () => new CountWhole(formats[request.format]),
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
  await breathe();
  request.decoded();
  await breathe();
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

function withThinking(request: Request, wish: ThinkingWish | undefined): Request {
  return wish === undefined ? request : { ...request, thinking: thinkingOf(wish) };
}

function thinkingOf({ effort, budget, includeThoughts }: ThinkingWish): Thinking {
  const show = includeThoughts === undefined ? {} : { show: includeThoughts };
  if (effort !== undefined) return effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort, ...show };
  return budget === undefined || budget === 0 ? { mode: 'off' } : { mode: 'budget', budget, ...show };
}
