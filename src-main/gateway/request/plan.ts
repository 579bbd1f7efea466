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
import type { SignatureCache } from '../model/reasoning/signature-cache.ts';
import { type ThinkingOverride, withThinkingOverride } from '../model/reasoning/thinking-override.ts';
import { passthroughBody } from '../passthrough/passthrough-body.ts';
import { PassthroughJson } from '../passthrough/passthrough-json.ts';
import { PassthroughStream } from '../passthrough/passthrough-stream.ts';
import { withPayload } from '../payload/apply-payload.ts';
import type { Candidate } from '../routing/credential.ts';
import type { RequestBody } from '../upstream/send.ts';
import { CountResponse } from './count-response.ts';
import { TranslateJson, TranslateStream } from './translate.ts';
import { translatedBody } from './translated-body.ts';
import { projectOf, targetOf } from './upstream-target.ts';

export interface PlanContext {
  readonly newId: NewId;
  readonly signatures: SignatureCache;
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
  /** Below the credential's base address. */
  readonly path: string;
  readonly body: RequestBody;
  /** Whether a stream is asked for. */
  readonly stream: boolean;
  /** What of the request the upstream's format cannot express. */
  readonly dropped: readonly DroppedField[];
  /** `contentType` of the upstream's response. */
  readonly relay: (contentType: string) => ResponseRelay;
}

/** Rejects with `RequestError` when the request cannot be expressed in the upstream's format. */
export async function planFor(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext,
): Promise<Plan> {
  return request.action === 'count'
    ? countPlan(request, candidate, context)
    : generatePlan(request, candidate, thinking, context);
}

async function generatePlan(
  request: ClientRequest,
  candidate: Candidate,
  thinking: ThinkingOverride | undefined,
  context: PlanContext,
): Promise<Plan> {
  const service = candidate.credential.upstream;
  const upstream: Format = formats[service.format];
  const { format: client } = request;
  const stream = request.stream || upstream.alwaysStreams === true;
  const isPassed = client.family === upstream.family;
  let opened: Translation | undefined;
  const translation = () => {
    opened ??= translationTo(upstream, withThinkingOf(request, thinking), candidate, stream, context);
    return opened;
  };
  const relay = (contentType: string): ResponseRelay => {
    const fromStream = isStream(contentType, stream);
    if (isPassed && fromStream === request.stream) return passthroughRelay(request, upstream);
    if (isPassed && fromStream && client.client.collectStream) return client.client.collectStream(upstream);
    const options = { client, translation: translation(), model: request.model, toStream: request.stream };
    return fromStream ? new TranslateStream(options) : new TranslateJson(options);
  };
  const passed = new DroppedFields();
  const body = isPassed
    ? passthroughBody(
        request,
        upstream,
        { model: candidate.model, project: projectOf(candidate.credential), thinking },
        passed,
      )
    : await translatedBody(request, () => translation().body);
  return {
    format: upstream,
    path: service.path({ model: candidate.model, action: 'generate', stream }),
    body: withPayload(body, context.payload, {
      models: [candidate.model, request.model, withoutSuffix(request.model)],
      protocol: upstream.payloadNames.upstream,
      fromProtocol: client.payloadNames.client,
      headers: context.headers,
      requestMember: upstream.passthrough.envelope && 'request',
    }),
    stream,
    dropped: opened ? [...request.droppedFields(), ...opened.dropped] : passed.all,
    relay: (contentType) => request.frame(relay(contentType)),
  };
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
