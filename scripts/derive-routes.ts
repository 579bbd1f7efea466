// Works out, by probing each row's decode and encode, how the window sends an operation over HTTP.
import { z } from 'zod';
import type { Route } from '../src-renderer/transport/route.ts';
import type { ContractGroup } from '../src-shared/contract/index.ts';
import type { Contract, Operation } from '../src-shared/operation.ts';

const mark = 'probe';
type Fields = Readonly<Record<string, unknown>>;

/** Routes of every operation, in the order of the contract. */
export function deriveRoutes(groups: Readonly<Record<ContractGroup, Contract>>): Record<string, Route> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, contract]) =>
      Object.entries(contract).map(([name, row]) => [name, deriveRoute(row, group as ContractGroup)]),
    ),
  );
}

function deriveRoute(row: Operation, group: ContractGroup): Route {
  const { method, path, body = 'none' } = row.http;
  const route: Route = {
    method: typeof method === 'string' ? method : (method[0] as Route['method']),
    path,
    summary: row.summary,
    group,
    ...(body !== 'none' && { body }),
    ...queryNames(row),
    ...bodyForm(row),
    ...answerForm(row),
  };
  const sample = sampleOf(z.toJSONSchema(row.input, { unrepresentable: 'any', io: 'input' }) as Fields);
  return sample === undefined ? route : { ...route, sample };
}

/** Canonical names that travel in the query, with their wire names. */
function queryNames(row: Operation): Pick<Route, 'query'> {
  const empty = decoded(row, { query: {} });
  const query: Record<string, string> = {};
  for (const wire of row.http.query ?? []) {
    const found = decoded(row, { query: { [wire]: '1' } }) ?? {};
    for (const [name, value] of Object.entries(found)) {
      // By what it says: a list that the parameter does not touch is another object each time.
      if (value !== '' && JSON.stringify(value) !== JSON.stringify(empty?.[name])) query[name] ??= wire;
    }
  }
  return Object.keys(query).length > 0 ? { query } : {};
}

/** Whether the body is one bare field, which fields are called differently on the wire, and which one is flattened. */
function bodyForm(row: Operation): Pick<Route, 'bare' | 'rename' | 'flatten'> {
  const { body = 'none' } = row.http;
  if (body === 'none' || body === 'upload' || row.http.decode === undefined) return {};
  const probes = [mark, [mark], { [mark]: mark }].map((probe) => decoded(row, { body: probe }) ?? {});
  for (const [name, value] of probes.flatMap((found) => Object.entries(found))) {
    if (name === mark) continue;
    if (value === mark || (Array.isArray(value) && value[0] === mark) || (value as Fields | null)?.[mark] === mark) {
      return { bare: name };
    }
  }
  const wireNames = row.http.wireBody instanceof z.ZodObject ? Object.keys(row.http.wireBody.shape) : [];
  const rename: Record<string, string> = {};
  let flatten: string | undefined;
  for (const wire of wireNames) {
    // Some rows take no field without the name of what it belongs to.
    const bodies = [{}, { name: 'n' }, { provider: 'n' }].map((owner) => ({ ...owner, [wire]: mark }));
    const found = bodies.map((body) => decoded(row, { body })).find((fields) => fields !== undefined) ?? {};
    const name = Object.keys(found).find((key) => found[key] === mark);
    if (name !== undefined && name !== wire) rename[name] = wire;
    flatten ??= Object.keys(found).find((key) => (found[key] as Fields | null | undefined)?.[wire] === mark);
  }
  return { ...(Object.keys(rename).length > 0 && { rename }), ...(flatten !== undefined && { flatten }) };
}

/** Where the output's one field stands in the answer. */
function answerForm(row: Operation): Pick<Route, 'answer'> {
  if (row.http.encode === undefined) return {};
  const output = { name: 'n', content: 'content', text: 'text', value: 'value', items: [] };
  const { body } = row.http.encode(output as never);
  if (body === output.text || body === output.content) return { answer: { field: body as string } };
  if (body === null || typeof body !== 'object' || body === output) return {};
  const entry = Object.entries(body)[0];
  if (entry === undefined) return {};
  return { answer: { field: Array.isArray(entry[1]) ? 'items' : 'value', from: entry[0] } };
}

function decoded(row: Operation, wire: { query?: Record<string, string>; body?: unknown }): Fields | undefined {
  try {
    const text = wire.body === undefined ? '' : JSON.stringify(wire.body);
    return (row.http.decode?.({ query: {}, repeated: {}, params: {}, body: undefined, text, ...wire }) ?? undefined) as
      | Fields
      | undefined;
  } catch {
    return undefined;
  }
}

/** A small value that a JSON schema accepts, to start from in the API explorer. */
function sampleOf(schema: Fields): unknown {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const options = (schema.anyOf ?? schema.oneOf) as readonly Fields[] | undefined;
  if (options) return sampleOf(options[0] as Fields);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, Number(schema.minimum ?? 0));
  if (schema.type === 'string') return '';
  if (schema.type === 'array') return schema.minItems ? [sampleOf(schema.items as Fields)] : [];
  if (schema.type !== 'object') return undefined;
  const required = (schema.required ?? []) as readonly string[];
  const fields = (schema.properties ?? {}) as Record<string, Fields>;
  const shown = required.length > 0 ? required : Object.keys(fields).slice(0, 2);
  return Object.fromEntries(shown.map((name) => [name, sampleOf(fields[name] as Fields)]));
}
