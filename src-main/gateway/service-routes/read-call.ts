// From a request on the wire to a call of a route: its body as far as it must be read, and the model it is for.
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../lib/time/clock.ts';
import { membersOf, readValue } from '../bytes/json-members.ts';
import { drainBody, readBody } from '../client/read-body.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Pool } from '../routing/pool.ts';
import { Upload } from '../uploads/upload.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { ServiceBody, ServiceCall } from './call.ts';
import { type FoundRoute, formatOfFamily } from './find-route.ts';
import { offersFor } from './support.ts';

export interface ReadCallOptions {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: string;
  readonly maxUploadBytes: number;
  readonly pool: Pool;
  readonly clock: Clock;
}

export type ReadCall =
  | {
      readonly ok: true;
      readonly call: ServiceCall;
      /** Of a body that names what the request is about. */
      readonly ownerId: string | undefined;
      /** Frees what was kept of the body. */
      readonly close: () => Promise<void>;
    }
  | { readonly ok: false; readonly error: UpstreamError };

const noModel: UpstreamError = { status: 400, message: 'The request names no model.' };
const notForm: UpstreamError = {
  status: 400,
  message: 'The request body must be multipart/form-data with a boundary.',
};
const notJson: UpstreamError = { status: 400, message: 'The request body is not a JSON object.' };

/** Rejects when the client leaves before its body is complete. */
export async function readCall({ route, parameter }: FoundRoute, options: ReadCallOptions): Promise<ReadCall> {
  const { request, pool, clock } = options;
  let close = async () => {};
  let isUpload = false;
  const failed = async (error: UpstreamError): Promise<ReadCall> => {
    void close();
    return { ok: false, error };
  };
  try {
    const read = await readServiceBody(route.body, request, options.maxUploadBytes, clock);
    if ('error' in read) return { ok: false, error: read.error };
    const { body } = read;
    if (body.kind === 'upload') {
      isUpload = true;
      close = () => body.upload.close(clock);
    }
    const named = route.model === 'path' ? parameter : await namedModel(body);
    const model = route.model === 'owner' ? '' : modelOf(named, route, pool);
    if (model === undefined) return failed(noModel);
    const isTls = 'encrypted' in request.socket;
    const call: ServiceCall = {
      route,
      format: formatOfFamily(route.family),
      path: options.path,
      query: withoutKeys(options.query),
      headers: request.headers,
      origin: `${isTls ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`,
      body,
      model,
      parameter,
    };
    const member =
      body.kind === 'json' && route.ownerMember !== undefined
        ? readValue(body.body, body.members, route.ownerMember)
        : undefined;
    const ownerId = typeof member === 'string' ? member : route.model === 'owner' ? parameter : undefined;
    return { ok: true, call, ownerId, close };
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    if (!isUpload) drainBody(request, clock);
    return failed({ status: error.status, message: error.message });
  }
}

type ReadBody = { readonly body: ServiceBody } | { readonly error: UpstreamError };

async function readServiceBody(
  wanted: FoundRoute['route']['body'],
  request: IncomingMessage,
  maxBytes: number,
  clock: Clock,
): Promise<ReadBody> {
  const isForm = /^multipart\//i.test(request.headers['content-type']?.trim() ?? '');
  if (wanted === 'none') return { body: { kind: 'none' } };
  if (wanted === 'json' || (wanted === 'either' && !isForm)) {
    const read = await readBody(request, clock);
    if (!read.ok) return { error: read };
    const members = membersOf(read.body);
    return members === undefined ? { error: notJson } : { body: { kind: 'json', body: read.body, members } };
  }
  const upload = new Upload({ request, maxBytes });
  if (wanted === 'any' || upload.isForm) return { body: { kind: 'upload', upload } };
  drainBody(request, clock);
  return { error: notForm };
}

async function namedModel(body: ServiceBody): Promise<string | undefined> {
  if (body.kind === 'upload') return body.upload.isForm ? body.upload.readModel() : undefined;
  const value = body.kind === 'json' ? readValue(body.body, body.members, 'model') : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The route's own model counts when somebody here has it. */
function modelOf(named: string | undefined, route: FoundRoute['route'], pool: Pool): string | undefined {
  const model = named?.trim();
  if (model !== undefined && model !== '') return model;
  const { defaultModel } = route;
  if (named !== undefined || defaultModel === undefined) return undefined;
  return offersFor(route, defaultModel, pool, pool.offers(defaultModel)).length > 0 ? defaultModel : undefined;
}

const ownParameters = ['key', 'auth_token'];

/** The client's key is for this gateway alone. */
function withoutKeys(query: string): string {
  if (!ownParameters.some((name) => query.includes(`${name}=`))) return query;
  return query
    .split('&')
    .filter((pair) => !ownParameters.includes(pair.split('=', 1)[0] ?? ''))
    .join('&');
}
