// The addresses on the main port to which a browser, or a client on another machine, brings a provider's answer.
import type { Logins } from '../core/login/logins.ts';
import type { ResultPage } from '../core/login/result-page.ts';

/** The page for a callback address; `undefined` for a path that is none. */
export type CallbackRoutes = (
  path: string,
  query: Readonly<Record<string, string>>,
  acceptLanguage: string,
) => Promise<ResultPage> | undefined;

export function callbackRoutes(logins: Logins): CallbackRoutes {
  return (path, query, acceptLanguage) => logins.visit(path, query, acceptLanguage);
}
