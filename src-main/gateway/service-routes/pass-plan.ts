// A call that goes to the service as it came.

import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { editElements } from '../bytes/json-lists.ts';
import { type MemberValues, memberNamed, membersOf, readValue, withMembers } from '../bytes/json-members.ts';
import { formats } from '../formats/formats.ts';
import type { ResponseRelay } from '../formats/response-relay.ts';
import type { Plan } from '../request/plan.ts';
import type { Candidate } from '../routing/credential.ts';
import type { UpstreamResponse } from '../upstream/send.ts';
import type { ServiceCall } from './call.ts';
import { EmbeddingsRelay } from './embeddings/embedding-encoding.ts';
import { BytesRelay, type BytesRelayOptions } from './relays/bytes-relay.ts';
import { EventsRelay } from './relays/events-relay.ts';
import { ResultsAddressRelay } from './relays/results-address.ts';
import { families } from './route-table.ts';

export interface PassOptions {
  /** The upload is kept for another candidate. */
  readonly keeps: boolean;
  /** Told what the response names that belongs to who gave it. The client has all of it only after that. */
  readonly onOwned?: (ids: readonly unknown[]) => Promise<void>;
}

export function passPlan(call: ServiceCall, { credential, model }: Candidate, options: PassOptions): Plan {
  const { route, query, body } = call;
  const { services, format } = credential.upstream;
  const place = route.model === 'path' ? call.route.path.replace('{model}', encodeURIComponent(model)) : call.path;
  const path = services?.path(place) ?? place;
  let known: Promise<void> | undefined;
  const onMembers = (members: Readonly<Record<string, unknown>>) => {
    known = options.onOwned?.(Object.values(members));
  };
  return {
    format: formats[format],
    method: route.method,
    path: query === '' ? path : `${path}?${query}`,
    stream: false,
    dropped: [],
    ...sent(call, model, options.keeps),
    ...(body.kind === 'upload' && { bodyError: () => body.upload.error }),
    relay: (contentType, response) => relayFor(call, contentType, response, onMembers),
    ...(options.onOwned && { beforeEnd: () => known }),
  };
}

function sent({ route, body, headers }: ServiceCall, model: string, keeps: boolean): Pick<Plan, 'body' | 'headers'> {
  const accept = headers.accept ?? '*/*';
  switch (body.kind) {
    case 'none':
      return { body: undefined, headers: { accept, 'content-type': undefined } };
    case 'json':
      return {
        body: Buffer.concat(withMembers(body.body, body.members, modelValues(route.model === 'path', body, model))),
        headers: { accept },
      };
    case 'upload': {
      const { upload } = body;
      const named = model === '' ? undefined : model;
      const length = upload.lengthWith(named);
      return {
        body: upload.stream(named, keeps),
        headers: {
          accept,
          'content-type': upload.contentType === '' ? undefined : upload.contentType,
          ...(length !== undefined && { 'content-length': String(length) }),
        },
      };
    }
  }
}

/** The model wherever the body names it; a body without stays without. */
function modelValues(
  isInPath: boolean,
  { body, members }: Extract<ServiceCall['body'], { kind: 'json' }>,
  model: string,
): MemberValues {
  const value = JSON.stringify(isInPath ? `models/${model}` : model);
  const own = model !== '' && memberNamed(members, 'model') !== undefined ? { model: value } : {};
  const requests = isInPath ? memberNamed(members, 'requests') : undefined;
  if (requests === undefined) return own;
  const list = new ChunkedBuffer(body.slice(requests.valueStart, requests.valueEnd));
  const edit = editElements(list, (request) => {
    const inner = membersOf(request);
    return inner === undefined ? 'kept' : withMembers(request, inner, { model: value });
  });
  return typeof edit === 'string' ? own : { ...own, requests: edit };
}

function relayFor(
  call: ServiceCall,
  contentType: string,
  response: UpstreamResponse,
  onMembers: BytesRelayOptions['onMembers'],
): ResponseRelay {
  const { format, route } = call;
  const { errorBody, errorFrame } = format;
  if (contentType.startsWith('text/event-stream')) return new EventsRelay({ response, contentType, errorFrame });
  const options: BytesRelayOptions = {
    response,
    contentType,
    errorBody,
    ...(route.owns && onMembers && { members: route.owns, onMembers }),
  };
  if (!contentType.includes('json')) return new BytesRelay(options);
  if (route.name === 'embeddings' && call.body.kind === 'json' && route.family === families.openAi) {
    const wanted = readValue(call.body.body, call.body.members, 'encoding_format');
    return new EmbeddingsRelay(options, wanted === 'base64' ? 'base64' : 'float');
  }
  if (route.path.startsWith('/v1/messages/batches')) return new ResultsAddressRelay(options, call.origin);
  return new BytesRelay(options);
}
