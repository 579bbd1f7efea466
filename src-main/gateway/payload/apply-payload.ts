// Changes the body that goes upstream as the rules of `payload` say.
import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../../../src-shared/config.ts';
import { isObject } from '../../../src-shared/json.ts';
import { meansFormat } from '../formats/payload-names.ts';
import { parseExact } from '../model/json.ts';
import type { BodyBytes } from '../upstream/send.ts';
import { memberOf, parsePath, placesOf, removeMembers, setMember, valueAt } from './path.ts';
import { copyOf, type Rule, type RuleModel, rulesOf } from './rules.ts';
import { fitsWildcard } from './wildcard.ts';

export interface PayloadContext {
  /** Names of the model: as the upstream is asked, and as the client asked. */
  readonly models: readonly string[];
  /** The upstream's format and the client's, by the names that rules give them. */
  readonly protocol: string;
  readonly fromProtocol: string;
  /** The client's. */
  readonly headers: IncomingHttpHeaders;
  /** The member of the body that holds the request, for services that put one object around it. */
  readonly requestMember?: string | undefined;
}

/** The same body where no rule fits, or where it is no JSON object. */
export function withPayload(body: BodyBytes, payload: Config['payload'], context: PayloadContext): BodyBytes {
  const { defaults, overrides, filters, isEmpty } = rulesOf(payload);
  if (
    isEmpty ||
    ![defaults, overrides, filters].flat().some(({ models }) => models.some((one) => mayFit(one, context)))
  )
    return body;
  const text = textOf(body);
  const [whole, original] = [parseExact(text), parseExact(text)];
  const [root, before] = [requestIn(whole, context), requestIn(original, context)];
  if (root === undefined) return body;
  const fits = ({ models }: Rule) => models.some((model) => mayFit(model, context) && holds(model, before));
  const set = new Set<string>();
  for (const { params } of defaults.filter(fits)) {
    for (const { text: name, path, value } of params) {
      if (set.has(name) || valueAt(before, path) !== undefined) continue;
      const places = placesOf(root, path, true);
      for (const place of places)
        if (memberOf(place.container, place.key) === undefined) setMember(place, copyOf(value));
      if (places.length > 0) set.add(name);
    }
  }
  for (const { params } of overrides.filter(fits)) {
    for (const { path, value } of params)
      for (const place of placesOf(root, path, true)) setMember(place, copyOf(value));
  }
  for (const { params } of filters.filter(fits)) {
    for (const { path } of params) removeMembers(placesOf(root, path, false));
  }
  return JSON.stringify(whole);
}

const textOf = (body: BodyBytes): string =>
  typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString() : Buffer.concat(body).toString();

function requestIn(whole: unknown, { requestMember }: PayloadContext): unknown {
  const request = requestMember !== undefined && isObject(whole) ? whole[requestMember] : whole;
  return isObject(request) ? request : undefined;
}

/** What a model item says of the request beside its body. */
function mayFit(model: RuleModel, { models, protocol, fromProtocol, headers }: PayloadContext): boolean {
  const name = model.name ?? '';
  return (
    name !== '' &&
    models.some((one) => fitsWildcard(one, name)) &&
    meansFormat(model.protocol, protocol) &&
    meansFormat(model['from-protocol'], fromProtocol) &&
    Object.entries(model.headers ?? {}).every(([header, pattern]) => hasHeader(headers, header, pattern))
  );
}

function hasHeader(headers: IncomingHttpHeaders, name: string, pattern: string): boolean {
  const value = headers[name.trim().toLowerCase()];
  return value !== undefined && [value].flat().some((one) => fitsWildcard(one, pattern));
}

function holds(model: RuleModel, body: unknown): boolean {
  const at = (text: string) => {
    const path = parsePath(text);
    return path && valueAt(body, path);
  };
  const pairs = (maps: readonly Readonly<Record<string, unknown>>[] | undefined) =>
    (maps ?? []).flatMap(Object.entries);
  return (
    pairs(model.match).every(([path, value]) => isDeepStrictEqual(at(path), value)) &&
    !pairs(model['not-match']).some(([path, value]) => isDeepStrictEqual(at(path), value)) &&
    (model.exist ?? []).every((path) => (at(path) ?? null) !== null) &&
    (model['not-exist'] ?? []).every((path) => (at(path) ?? null) === null)
  );
}
