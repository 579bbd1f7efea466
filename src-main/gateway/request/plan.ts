// How one candidate is asked and how its response is carried back: as it is within one family of formats, else translated.

import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../../src-shared/config.ts';
import type { OwnFacts } from '../../models/model-facts.ts';
import type { ClientRequest } from '../client/client-request.ts';
import type { Format, NewId } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import type { ResponseRelay } from '../formats/response-relay.ts';
import { countingOf } from '../formats/token-counting.ts';
import { openTranslation, type Translation } from '../formats/translation.ts';
import { type DroppedField, DroppedFields } from '../model/dropped-fields.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { RequestError } from '../model/errors/request-error.ts';
import type { SignatureCache } from '../model/reasoning/signature-cache.ts';
import { type ThinkingOverride, withThinkingOverride } from '../model/reasoning/thinking-override.ts';
import { passthroughBody } from '../passthrough/passthrough-body.ts';
import { PassthroughJson } from '../passthrough/passthrough-json.ts';
import { PassthroughStream } from '../passthrough/passthrough-stream.ts';
import { type ResponseNames, withNames } from '../passthrough/response-names.ts';
import { withPayload } from '../payload/apply-payload.ts';
import type { Candidate } from '../routing/credential.ts';
import type { BodyBytes, RequestBody, UpstreamCall, UpstreamResponse } from '../upstream/send.ts';
import type { ServiceRequest } from './service-request.ts';
import type { JoinedCalls } from './several/joined-calls.ts';
import { type JoinedCall, joinedPlan, withNextSeed } from './several/joined-plan.ts';
import { CountResponse } from './translation/count-response.ts';
import { TranslateJson, TranslateStream } from './translation/translate.ts';
import { translatedBody } from './translation/translated-body.ts';
import type { UpstreamSocket, UpstreamSockets } from './upstream-sockets.ts';
import { projectOf, targetOf } from './upstream-target.ts';

export interface PlanContext {
  readonly newId: NewId;
  readonly signatures: SignatureCache;
  readonly upstreamSockets?: UpstreamSockets | undefined;
  /** The client's. */
  readonly headers: IncomingHttpHeaders;
  /** Rules for what goes upstream. */
  readonly payload: Config['payload'];
  /** What the user says of models. */
  readonly ownFacts: readonly OwnFacts[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Plan {
  /** The upstream's format. */
  readonly format: Format;
  /** Default: POST. */
  readonly method?: string;
  /** Below the credential's base address. */
  readonly path: string;
  readonly body: RequestBody | undefined;
  /** Headers of the body, where it is no JSON; an undefined one is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** How the call is made. Default: as one request. */
  readonly send?: (call: UpstreamCall) => Promise<UpstreamResponse>;
  /** Several calls, whose bytes come mixed. */
  readonly joined?: Pick<JoinedCalls, 'current'> | undefined;
  /** What was wrong with the client's body, for one that is read while it is sent. */
  readonly bodyError?: () => AttemptError | undefined;
  /** Awaited before the client gets the end of the response. */
  readonly beforeEnd?: () => Promise<void> | undefined;
  /** Whether a stream is asked for. */
  readonly stream: boolean;
  /** What of the request the upstream's format cannot express. */
  readonly dropped: readonly DroppedField[];
  /** `contentType` of the upstream's response. */
  readonly relay: (contentType: string, response: UpstreamResponse) => ResponseRelay;
}

/** Rejects with `RequestError` when the request cannot be expressed in the upstream's format. */
export async function planFor(
  request: ClientRequest | ServiceRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext,
): Promise<Plan> {
  if (request.action === 'service') {
    const plan = await request.plan(candidate, context);
    return {
      ...plan,
      relay: (contentType, response) => withNames(plan.relay(contentType, response), { model: candidate.shownAs }),
    };
  }
  if (request.action === 'count') return countPlan(request, candidate, context);
  const socket = context.upstreamSockets?.(candidate.credential);
  const asked = forCandidate(request, candidate, socket);
  // Aliases with `force-mapping` are the model's name in responses too.
  const names = {
    model: candidate.shownAs,
    previousResponseId: asked === request ? undefined : request.continuation?.id,
  };
  const plan = await generatePlan(asked, candidate, thinking, { ...context, names });
  return socket === undefined ? plan : { ...plan, send: (call) => socket.send(call) };
}

/**
 * A request that goes on from an earlier response passes to the service that keeps it; others get the whole conversation.
 * Throws `RequestError` when that is not known.
 */
function forCandidate(
  request: ClientRequest,
  { credential }: Candidate,
  socket: UpstreamSocket | undefined,
): ClientRequest {
  const { continuation } = request;
  if (continuation === undefined) return request;
  const { id, isForeign, isOfSocket, maker, expanded } = continuation;
  const keeps = formats[credential.upstream.format].keepsResponses === true;
  if (!isForeign) {
    if (socket?.made(id)) return request;
    if (keeps && !isOfSocket && (maker === undefined || maker === credential.id)) return request;
    const whole = expanded();
    if (whole !== undefined) return whole;
    // The service judges what we know nothing of.
    if (keeps) return request;
  }
  const message = `Previous response with id '${id}' not found.`;
  throw new RequestError(message, 'previous_response_not_found', 'previous_response_id');
}

async function generatePlan(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext & { readonly names: ResponseNames },
): Promise<Plan> {
  const service = candidate.credential.upstream;
  const { names } = context;
  const upstream: Format = formats[service.format];
  const { format: client } = request;
  const stream = request.stream || upstream.alwaysStreams === true;
  const isPassed = client.family === upstream.family;
  const asked = withThinkingOf(request, thinking);
  const translate = (one: ClientRequest) => translationTo(upstream, one, candidate, stream, context);
  const translating = (translation: Translation, contentType: string): ResponseRelay => {
    const options = { client, translation, model: request.model, toStream: request.stream };
    return isStream(contentType, stream) ? new TranslateStream(options) : new TranslateJson(options);
  };
  let opened: Translation | undefined;
  const translation = () => {
    opened ??= translate(asked);
    return opened;
  };
  const relay = (contentType: string): ResponseRelay => {
    const fromStream = isStream(contentType, stream);
    if (isPassed && fromStream === request.stream) return passthroughRelay(request, upstream);
    if (isPassed && fromStream && client.client.collectStream) return client.client.collectStream(upstream);
    return translating(translation(), contentType);
  };
  const payload = (body: BodyBytes) =>
    withPayload(body, context.payload, {
      models: [candidate.model, request.model, withoutSuffix(request.model)],
      protocol: upstream.payloadNames.upstream,
      fromProtocol: client.payloadNames.client,
      headers: context.headers,
      requestMember: upstream.passthrough.envelope && 'request',
    });
  const passed = new DroppedFields();
  const body = payload(
    isPassed
      ? passthroughBody(
          request,
          upstream,
          { model: candidate.model, project: projectOf(candidate.credential), thinking },
          passed,
        )
      : await translatedBody(request, () => translation().body),
  );
  const plan: Plan = {
    format: upstream,
    path: service.path({ model: candidate.model, action: 'generate', stream }),
    body,
    stream,
    dropped: opened ? [...request.droppedFields(), ...opened.dropped] : passed.all,
    relay: (contentType) => request.frame(withNames(relay(contentType), names)),
  };
  const list = client.client.responseList;
  const count = isPassed || list === undefined ? undefined : request.decoded().count;
  if (count === undefined || list === undefined) return plan;
  const calls: JoinedCall[] = [{ body, relay }];
  while (calls.length < count) {
    const next = translate(withNextSeed(asked, calls.length));
    const text = payload(await translatedBody(request, () => next.body));
    calls.push({ body: text, relay: (contentType) => translating(next, contentType) });
  }
  return joinedPlan(plan, calls, { list, request });
}

async function countPlan(request: ClientRequest, candidate: Candidate, context: PlanContext): Promise<Plan> {
  const { credential, model } = candidate;
  const service = credential.upstream;
  const upstream: Format = formats[service.format];
  const body =
    request.format.family === upstream.family
      ? passthroughBody(request, upstream, { model, project: projectOf(credential) }, new DroppedFields())
      : await translatedBody(request, () =>
          countingOf(upstream).encodeCall(translationTo(upstream, request, candidate, false, context).body, model),
        );
  return {
    format: upstream,
    path: service.path({ model, action: 'count', stream: false }),
    body,
    stream: false,
    dropped: [],
    relay: () => new CountResponse(request.format, upstream),
  };
}

/** `fast(high)` → `fast`. */
function withoutSuffix(name: string): string {
  const start = name.endsWith(')') ? name.lastIndexOf('(') : -1;
  return start > 0 ? name.slice(0, start) : name;
}

function withThinkingOf(request: ClientRequest, thinking: ThinkingOverride | undefined) {
  return { ...request, decoded: () => withThinkingOverride(request.decoded(), thinking) };
}

const translationTo = (
  upstream: Format,
  { decoded, format, model }: Pick<ClientRequest, 'decoded' | 'format' | 'model'>,
  candidate: Candidate,
  stream: boolean,
  { newId, signatures, ownFacts, now }: PlanContext,
): Translation =>
  openTranslation(decoded(), {
    client: format,
    upstream,
    target: targetOf(candidate, stream, ownFacts),
    model,
    created: Math.floor(now / 1_000),
    newId,
    signatures,
  });

function passthroughRelay(request: ClientRequest, upstream: Format): ResponseRelay {
  const { format: client, stream } = request;
  if (!stream) return new PassthroughJson(client, upstream);
  const hidesUsage = client.client.hidesUsage?.(request) ?? false;
  return new PassthroughStream({ client, upstream, model: request.model, hidesUsage });
}

/** Servers are not careful with the type of a stream they were asked for. */
function isStream(contentType: string, asked: boolean): boolean {
  return contentType.includes('text/event-stream') || (asked && !/json|html/.test(contentType));
}
