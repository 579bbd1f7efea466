// The documented HTTP face: routes of the contract behind the key check, and the few public paths.
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
import { parseQuery } from './request/query.ts';
import { type HttpResponse, json, notFound, outputResponse, problemResponse } from './response.ts';

export const managementPrefix = '/v0/management';

/** What the key check says of a request: who it is, or the answer that refuses it. */
export type Gate = (
  request: IncomingMessage,
) => Promise<{ readonly actor: Actor } | { readonly refusal: HttpResponse }>;

/** A path outside the management prefix; `undefined` means there is no such path after all. */
export type PublicRoute = (
  request: IncomingMessage,
  pathname: string,
  query: Readonly<Record<string, string>>,
) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

export interface RouterOptions {
  readonly contract: Contract;
  readonly receive: Receive;
  readonly gate: Gate;
  readonly publicRoute: PublicRoute;
  readonly events: EventStreams;
  readonly version: string;
  readonly commit: string;
  readonly buildDate: string;
  readonly onUnexpected: (error: unknown) => void;
}

type Environment = { Bindings: HttpBindings };

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, X-Management-Key, Content-Type',
  'access-control-expose-headers': 'X-CPA-VERSION, X-CPA-COMMIT, X-CPA-BUILD-DATE, X-CPA-SUPPORT-PLUGIN',
};

/** Path and query as they were sent; a target in absolute form is a proxy request and none of our paths. */
function targetOf({ url = '/' }: IncomingMessage) {
  const mark = url.indexOf('?');
  return mark < 0
    ? { pathname: url, query: parseQuery('') }
    : { pathname: url.slice(0, mark), query: parseQuery(url.slice(mark + 1)) };
}

const isManagementPath = (pathname: string) =>
  pathname === managementPrefix || pathname.startsWith(`${managementPrefix}/`);

/**
 * The adapter makes a URL of `Host` and target, and fails where they are no part of one. Only the gate ever looks at
 * the host: what cannot be one becomes a name that belongs to nobody (RFC 2606).
 */
function makeReadable(request: IncomingMessage): void {
  const { host = '' } = request.headers;
  const isUrlHost = URL.parse(`http://${host}`)?.hostname === host.replace(/:\d+$/, '').toLowerCase();
  if (!isUrlHost) request.headers.host = isLoopbackHost(host) ? 'localhost' : 'unreadable.invalid';
  if (request.url === '*') request.url = '/';
}

type Send = (context: Context<Environment>, answer: HttpResponse) => Response;

/** Written to the socket directly: making a Response only to take it apart again costs a third of the throughput. */
function sender(managementHeaders: Readonly<Record<string, string>>): Send {
  return ({ env: { incoming, outgoing } }, answer) => {
    outgoing.writeHead(answer.status, {
      ...(isManagementPath(incoming.url ?? '') ? managementHeaders : cors),
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
    });
    outgoing.end(answer.body);
    return RESPONSE_ALREADY_SENT;
  };
}

/** Answers a request; `act` gives the answer or has sent it itself. */
function answering(
  send: Send,
  { onUnexpected }: RouterOptions,
  act: (context: Context<Environment>) => Promise<HttpResponse | Response>,
) {
  return async (context: Context<Environment>): Promise<Response> => {
    try {
      const answer = await act(context);
      return answer instanceof Response ? answer : send(context, answer);
    } catch (error) {
      return send(context, problemResponse(error, onUnexpected));
    }
  };
}

/** The request listener of everything but the gateway. */
export function createRouter(
  options: RouterOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { contract, receive, gate, publicRoute, events, onUnexpected } = options;
  const managementHeaders = {
    ...cors,
    'x-cpa-version': options.version,
    'x-cpa-commit': options.commit,
    'x-cpa-build-date': options.buildDate,
    'x-cpa-support-plugin': 'false',
  };
  const send = sender(managementHeaders);
  /** A route behind the key check; `act` answers once the caller is known. */
  const guarded = (act: (context: Context<Environment>, actor: Actor) => Promise<HttpResponse | Response>) =>
    answering(send, options, async (context) => {
      const passed = await gate(context.env.incoming);
      return 'refusal' in passed ? passed.refusal : act(context, passed.actor);
    });
  const call = (name: string, row: Operation) =>
    guarded(async (context, actor) => {
      const { body, text } = await readBody(context.env.incoming, row.http.body ?? 'none');
      const { query } = targetOf(context.env.incoming);
      const input = row.http.decode ? row.http.decode({ query, params: context.req.param(), body, text }) : body;
      return outputResponse(row, await receive(name, input, actor));
    });

  const app = new Hono<Environment>();
  app.options('*', ({ env }) => {
    env.outgoing.writeHead(204, cors).end();
    return RESPONSE_ALREADY_SENT;
  });
  for (const [name, row] of Object.entries(contract)) {
    app.on([row.http.method].flat() as string[], `${managementPrefix}${row.http.path}`, call(name, row));
  }
  app.get(
    `${managementPrefix}/openapi.json`,
    guarded(async () => json(openApiDocument(contract, managementPrefix, options.version))),
  );
  app.get(
    `${managementPrefix}/events`,
    guarded(async (context) => {
      if (events.isFull) throw new Problem('unavailable', 'Too many programs listen to events. Close one of them.');
      if (context.env.incoming.method === 'HEAD') return { status: 200, headers: eventStreamHeaders, body: '' };
      events.serve(context.env.outgoing, managementHeaders);
      return RESPONSE_ALREADY_SENT;
    }),
  );
  app.get(
    '*',
    answering(send, options, async ({ env: { incoming } }) => {
      const { pathname, query } = targetOf(incoming);
      return (isManagementPath(pathname) ? undefined : await publicRoute(incoming, pathname, query)) ?? notFound;
    }),
  );
  app.notFound((context) => send(context, notFound));
  app.onError((error, context) => send(context, problemResponse(error, onUnexpected)));
  return listenerOf(app, onUnexpected);
}

/** What the adapter refuses before any route is looked up gets the answers of the router too. */
function listenerOf(app: Hono<Environment>, onUnexpected: RouterOptions['onUnexpected']) {
  const listener = getRequestListener(app.fetch as (request: Request, env: unknown) => Promise<Response>, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError)
        return new Response(notFound.body as string, { ...notFound, headers: { ...cors, ...notFound.headers } });
      const { body, status, headers } = problemResponse(error, onUnexpected);
      return new Response(body as string, { status, headers: { ...cors, ...headers } });
    },
  });
  return (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    makeReadable(request);
    return listener(request, response);
  };
}
