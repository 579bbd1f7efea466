// The documented HTTP API: the operations of the contract as routes behind authentication, and the public paths.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Actor, Contract, Operation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { isLoopbackHost } from '../lib/loopback.ts';
import type { Receive } from '../operations/dispatch.ts';
import { type EventStreams, eventStreamHeaders } from './events-stream.ts';
import { openApiDocument } from './openapi.ts';
import { readBody } from './request/body.ts';
import { firstValues, parseQuery, parseQueryValues } from './request/query.ts';
import { type HttpResponse, json, notFound, outputResponse, problemResponse, sendResponse } from './response.ts';
import { signInPath } from './sign-in.ts';

export const managementPrefix = '/v0/management';

/** Who sent a request, or the response that rejects it. */
export type Authenticate = (
  request: IncomingMessage,
) => Promise<{ readonly actor: Actor } | { readonly rejection: HttpResponse }>;

/** A path outside the management prefix; `undefined` means there is no such path after all. */
export type PublicRoute = (
  request: IncomingMessage,
  pathname: string,
  query: Readonly<Record<string, string>>,
) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

export interface RouterOptions {
  readonly contract: Contract;
  readonly receive: Receive;
  readonly authenticate: Authenticate;
  readonly publicRoute: PublicRoute;
  readonly events: EventStreams;
  readonly version: string;
  readonly commit: string;
  readonly buildDate: string;
  readonly onUnexpected: (error: unknown) => void;
}

type Environment = { Bindings: HttpBindings };

/** What every response carries; those of the page say themselves how long they may be kept. */
const commonHeaders = {
  // Most responses hold keys or tokens, which must not stay in a cache.
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  // The wildcard does not include Authorization (Fetch standard); the others are for browsers older than the wildcard.
  'access-control-allow-headers': '*, Authorization, X-Management-Key, Content-Type',
  'access-control-expose-headers': 'X-CPA-VERSION, X-CPA-COMMIT, X-CPA-BUILD-DATE, X-CPA-SUPPORT-PLUGIN',
};

/** Path and query as sent; a target in absolute form is a proxy request and matches no route. */
function targetOf({ url = '/' }: IncomingMessage) {
  const mark = url.indexOf('?');
  return mark < 0 ? { pathname: url, search: '' } : { pathname: url.slice(0, mark), search: url.slice(mark + 1) };
}

/**
 * Whether the path as sent spells that of a row as documented. The routes match what `URL` and percent-decoding make of
 * it, so that `/x/../v0/management/debug` would reach them past whatever a proxy in front allows.
 */
function isSpelledAs(rowPath: string, pathname: string): boolean {
  const expected = `${managementPrefix}${rowPath}`.split('/');
  const sent = pathname.split('/');
  return (
    sent.length === expected.length && expected.every((part, index) => part.startsWith(':') || part === sent[index])
  );
}

const isManagementPath = (pathname: string) =>
  pathname === managementPrefix || pathname.startsWith(`${managementPrefix}/`);

/**
 * The adapter builds a URL from `Host` and target and fails where they do not form one. Only authentication ever reads
 * the host: an invalid one is replaced with a name that belongs to nobody (RFC 2606).
 */
function makeReadable(request: IncomingMessage): void {
  const { host = '' } = request.headers;
  const isUrlHost = URL.parse(`http://${host}`)?.hostname === host.replace(/:\d+$/, '').toLowerCase();
  if (!isUrlHost) request.headers.host = isLoopbackHost(host) ? 'localhost' : 'unreadable.invalid';
  if (request.url === '*') request.url = '/';
}

type Send = (context: Context<Environment>, response: HttpResponse) => Response;

/** Writes to the socket directly: building a Response only to take it apart again costs a third of the throughput. */
function sender(managementHeaders: Readonly<Record<string, string>>): Send {
  return ({ env: { incoming, outgoing } }, response) => {
    const others = isManagementPath(targetOf(incoming).pathname) ? managementHeaders : commonHeaders;
    sendResponse(outgoing, response, others);
    return RESPONSE_ALREADY_SENT;
  };
}

/** Handles a request; `handle` returns the response or has sent it itself. */
function responding(
  send: Send,
  { onUnexpected }: RouterOptions,
  handle: (context: Context<Environment>) => Promise<HttpResponse | Response>,
) {
  return async (context: Context<Environment>): Promise<Response> => {
    try {
      const response = await handle(context);
      return response instanceof Response ? response : send(context, response);
    } catch (error) {
      return send(context, problemResponse(error, onUnexpected));
    }
  };
}

/** The request listener of everything but the gateway. */
export function createRouter(
  options: RouterOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { contract, receive, authenticate, publicRoute, events, onUnexpected } = options;
  const managementHeaders = {
    ...commonHeaders,
    'x-cpa-version': options.version,
    'x-cpa-commit': options.commit,
    'x-cpa-build-date': options.buildDate,
    'x-cpa-support-plugin': 'false',
  };
  const send = sender(managementHeaders);
  /** A route behind authentication; `handle` runs once the caller is known. */
  const authenticated = (
    path: string,
    handle: (context: Context<Environment>, actor: Actor) => Promise<HttpResponse | Response>,
  ) =>
    responding(send, options, async (context) => {
      if (!isSpelledAs(path, targetOf(context.env.incoming).pathname)) return notFound;
      const result = await authenticate(context.env.incoming);
      return 'rejection' in result ? result.rejection : handle(context, result.actor);
    });
  const call = (name: string, row: Operation) =>
    authenticated(row.http.path, async (context, actor) => {
      const { body, text } = await readBody(context.env.incoming, row.http.body ?? 'none');
      const repeated = parseQueryValues(targetOf(context.env.incoming).search);
      const wire = { query: firstValues(repeated), repeated, params: context.req.param(), body, text };
      const input = row.http.decode ? row.http.decode(wire) : body;
      return outputResponse(row, await receive(name, input, actor));
    });

  const app = new Hono<Environment>();
  app.options('*', ({ env }) => {
    env.outgoing.writeHead(204, commonHeaders).end();
    return RESPONSE_ALREADY_SENT;
  });
  for (const [name, row] of Object.entries(contract)) {
    app.on([row.http.method].flat() as string[], `${managementPrefix}${row.http.path}`, call(name, row));
  }
  app.get(
    `${managementPrefix}/openapi.json`,
    authenticated('/openapi.json', async () => json(openApiDocument(contract, managementPrefix, options.version))),
  );
  app.get(
    `${managementPrefix}/events`,
    authenticated('/events', async (context) => {
      if (events.isFull) throw new Problem('unavailable', 'Too many programs listen to events. Close one of them.');
      if (context.env.incoming.method === 'HEAD') return { status: 200, headers: eventStreamHeaders, body: '' };
      events.serve(context.env.outgoing, managementHeaders);
      return RESPONSE_ALREADY_SENT;
    }),
  );
  const others = responding(send, options, async ({ env: { incoming } }) => {
    const { pathname, search } = targetOf(incoming);
    if (isManagementPath(pathname)) return notFound;
    return (await publicRoute(incoming, pathname, parseQuery(search))) ?? notFound;
  });
  app.get('*', others);
  app.post(signInPath, others);
  app.notFound((context) => send(context, notFound));
  app.onError((error, context) => send(context, problemResponse(error, onUnexpected)));
  return listenerOf(app, onUnexpected);
}

/** Requests that the adapter rejects before routing get the same responses as those of the router. */
function listenerOf(app: Hono<Environment>, onUnexpected: RouterOptions['onUnexpected']) {
  const listener = getRequestListener(app.fetch as (request: Request, env: unknown) => Promise<Response>, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError)
        return new Response(notFound.body as string, {
          ...notFound,
          headers: { ...commonHeaders, ...notFound.headers },
        });
      const { body, status, headers } = problemResponse(error, onUnexpected);
      return new Response(body as string, { status, headers: { ...commonHeaders, ...headers } });
    },
  });
  return (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    makeReadable(request);
    return listener(request, response);
  };
}
