// Which requests the gateway answers, and what each of them asks for. The formats say where they are reached.
import type { IncomingHttpHeaders } from 'node:http';
import type { ClientFormat, Endpoint, ModelList } from '../formats/client-side.ts';
import { clientFormats, defaultFormat } from '../formats/formats.ts';

/** A call of a model. */
export interface CallRoute {
  readonly kind: 'generate' | 'count';
  readonly format: ClientFormat;
  /** Set by formats that have both in the address. */
  readonly model?: string;
  readonly stream?: boolean;
}

/** The list of models, or one of them. */
export interface ModelsRoute {
  readonly kind: 'models';
  readonly format: ClientFormat;
  readonly list: ModelList;
  /** Undefined: all. */
  readonly model?: string;
}

const paths = new Map<string, CallRoute>();
/** Endpoints with the model in their path. */
const patterns: { readonly prefix: string; readonly suffix: string; readonly route: CallRoute }[] = [];
const modelLists: { readonly format: ClientFormat; readonly list: ModelList }[] = [];

const routeTo = (format: ClientFormat, { kind, stream }: Endpoint): CallRoute => ({
  kind,
  format,
  ...(stream === undefined ? {} : { stream }),
});

for (const format of clientFormats) {
  const { endpoints, modelList } = format.client;
  if (modelList !== undefined) modelLists.push({ format, list: modelList });
  for (const endpoint of endpoints) {
    const [prefix = '', suffix] = endpoint.path.split('{model}');
    const route = routeTo(format, endpoint);
    if (suffix === undefined) paths.set(prefix, route);
    else patterns.push({ prefix, suffix, route });
  }
}

/** Whether the gateway answers for this path, be it with 404. */
export const isGatewayPath = (path: string): boolean => /^\/v1(?:beta)?\//.test(path);

/** Where a POST request for a model goes; undefined: there is no such endpoint. `path` is without query. */
export function callRoute(path: string): CallRoute | undefined {
  const exact = paths.get(path);
  if (exact !== undefined) return exact;
  const found = patterns.find(
    ({ prefix, suffix }) =>
      path.length > prefix.length + suffix.length && path.startsWith(prefix) && path.endsWith(suffix),
  );
  if (found === undefined) return undefined;
  return { ...found.route, model: decoded(path.slice(found.prefix.length, path.length - found.suffix.length)) };
}

/** Where a GET request for models goes. Formats that share a path are told apart by the headers. */
export function modelsRoute(path: string, headers: IncomingHttpHeaders): ModelsRoute | undefined {
  const found = modelLists.filter(({ list }) => path === list.path || path.startsWith(`${list.path}/`));
  const own = found.find(({ list }) => list.isFor?.(headers)) ?? found.find(({ list }) => list.isFor === undefined);
  if (own === undefined) return undefined;
  const model = path.slice(own.list.path.length + 1);
  if (model === '' && path !== own.list.path) return undefined;
  return { kind: 'models', ...own, ...(model === '' ? {} : { model: decoded(model) }) };
}

/** The format in which errors of a path are reported, whatever the method. */
export function formatOfPath(path: string): ClientFormat {
  const byPrefix = clientFormats.find(({ client }) => client.pathPrefix && path.startsWith(client.pathPrefix));
  return byPrefix ?? paths.get(path)?.format ?? defaultFormat;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
