// The paths outside the management prefix: welcome, health, metrics, the page, login callbacks, keep-alive.
import type { IncomingMessage } from 'node:http';
import type { ResultPage } from '../login/result-page.ts';
import { isPagePath, pageFile } from './page-files.ts';
import { type HttpResponse, json } from './response.ts';
import type { PublicRoute } from './router.ts';
import { signInPath } from './sign-in.ts';

export interface PublicRoutesOptions {
  /** The folder of the built page, where there is one. */
  readonly pageFolder: string | undefined;
  /** `disable-control-panel` of the config in force. */
  readonly isPageDisabled: () => boolean;
  /** False from the moment the program is told to end: a load balancer then sends its requests elsewhere. */
  readonly isReady: () => boolean;
  /** Of the database that is shared with other instances, where there is one: without it requests are served too. */
  readonly databaseState: (() => 'ok' | 'away') | undefined;
  /** Handles `/metrics`, with its authentication. */
  readonly metrics: (request: IncomingMessage) => Promise<HttpResponse>;
  /** Handles `/keep-alive`; absent without a local password. */
  readonly keepAlive: ((request: IncomingMessage) => HttpResponse) | undefined;
  /** Exchanges the token of a sign-in link. */
  readonly signIn: (request: IncomingMessage) => HttpResponse;
  /** The page for a browser that a provider redirected here; `undefined` for a path that is not a callback. */
  readonly callback: (
    path: string,
    query: Readonly<Record<string, string>>,
    acceptLanguage: string,
  ) => Promise<ResultPage> | undefined;
}

const welcome = {
  message: 'CLI Proxy API Server',
  endpoints: ['POST /v1/chat/completions', 'POST /v1/completions', 'GET /v1/models'],
};

export function publicRoutes(options: PublicRoutesOptions): PublicRoute {
  return async (request, pathname, query) => {
    if (pathname === '/') return json(welcome);
    if (pathname === '/healthz') return json({ status: 'ok' });
    if (pathname === '/readyz') return readiness(options);
    if (pathname === '/metrics') return options.metrics(request);
    if (pathname === '/keep-alive') return options.keepAlive?.(request);
    if (pathname === signInPath && request.method === 'POST') return options.signIn(request);
    if (isPagePath(pathname)) {
      if (options.pageFolder === undefined || options.isPageDisabled()) return undefined;
      return pageFile(options.pageFolder, pathname);
    }
    const page = await options.callback(pathname, query, request.headers['accept-language'] ?? '');
    return (
      page && {
        status: page.status,
        headers: { 'content-type': 'text/html; charset=utf-8', ...page.headers },
        body: page.html,
      }
    );
  };
}

function readiness({ isReady, databaseState }: PublicRoutesOptions): HttpResponse {
  const database = databaseState === undefined ? {} : { database: databaseState() };
  return isReady() ? json({ status: 'ok', ...database }) : json({ status: 'stopping', ...database }, 503);
}
