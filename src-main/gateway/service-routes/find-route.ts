// From method and path to a row of the table, and the form in which a client is answered.
import type { IncomingHttpHeaders } from 'node:http';
import type { ClientFormat } from '../formats/client-side.ts';
import { clientFormats, defaultFormat } from '../formats/formats.ts';
import type { ErrorFamily } from '../model/errors/attempt-error.ts';
import { families, type ServiceRoute, serviceRoutes } from './route-table.ts';

export interface FoundRoute {
  readonly route: ServiceRoute;
  /** What stands for `{model}` or `{id}` in the path, decoded. */
  readonly parameter: string | undefined;
}

const parts = serviceRoutes.map((route) => {
  const [prefix = '', suffix] = route.path.split(/\{(?:model|id)\}/);
  return { route, prefix, suffix };
});

/** Clients of Anthropic say which version they speak, or carry their key in Anthropic's own header. */
export const speaksAnthropic = (headers: IncomingHttpHeaders): boolean =>
  headers['anthropic-version'] !== undefined ||
  (headers['x-api-key'] !== undefined && headers.authorization === undefined);

/** Undefined: there is no such route. `path` is without query. */
export function findServiceRoute(method: string, path: string, headers: IncomingHttpHeaders): FoundRoute | undefined {
  const found = parts.filter(({ route }) => route.method === method).flatMap((one) => match(one, path) ?? []);
  const isWanted = ({ route }: FoundRoute) => (route.family === families.anthropic) === speaksAnthropic(headers);
  return found.find(isWanted) ?? found[0];
}

function match({ route, prefix, suffix }: (typeof parts)[number], path: string): FoundRoute | undefined {
  if (suffix === undefined) return path === prefix ? { route, parameter: undefined } : undefined;
  const end = path.length - suffix.length;
  if (end <= prefix.length || !path.startsWith(prefix) || !path.endsWith(suffix)) return undefined;
  const parameter = path.slice(prefix.length, end);
  // Names of models may hold slashes, ids do not.
  if (route.model === 'owner' && parameter.includes('/')) return undefined;
  return { route, parameter: decoded(parameter) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The format in which a route's errors are told. */
export const formatOfFamily = (family: ErrorFamily): ClientFormat =>
  clientFormats.find(({ errorFamily }) => errorFamily === family) ?? defaultFormat;
