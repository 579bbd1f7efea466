// How one operation travels over HTTP: its canonical input becomes a request, the answer its canonical output.
// The table itself is `generated/routes.json`, made from the contract by `npm run generate`:
// importing the contract here would put zod and every schema into the page, ten times the size of this table.

import type { ContractGroup } from '../../src-shared/contract/index.ts';

export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below `/v0/management`; `:name` segments are filled from the input. */
  readonly path: string;
  readonly summary: string;
  /** Where the API explorer lists it. */
  readonly group: ContractGroup;
  readonly body?: string;
  /** Input fields that travel in the query, with their wire names. */
  readonly query?: Readonly<Record<string, string>>;
  /** The one input field that is the whole body. */
  readonly bare?: string;
  /** Input fields that have another name in the body. */
  readonly rename?: Readonly<Record<string, string>>;
  /** The one input field whose members stand in the body beside the other fields. */
  readonly flatten?: string;
  /** The one output field, and the field of the answer it is; without `from` it is the whole body as text. */
  readonly answer?: { readonly field: string; readonly from?: string };
  /** An input to start from in the API explorer. */
  readonly sample?: unknown;
}

export interface WireRequest {
  readonly method: string;
  /** Path and query below the server's address. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string | FormData;
}

type Fields = Readonly<Record<string, unknown>>;

/** The request for `input`. Fields that are undefined are left out. */
export function encodeRequest(route: Route, input: unknown): WireRequest {
  const fields = new Map(Object.entries((input ?? {}) as Fields).filter(([, value]) => value !== undefined));
  const take = (name: string) => {
    const value = fields.get(name);
    fields.delete(name);
    return value;
  };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(take(name))));
  const query = new URLSearchParams();
  for (const [name, wire] of Object.entries(route.query ?? {})) {
    if (fields.has(name)) query.set(wire, String(take(name)));
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { method: route.method, path: `/v0/management${path}${search}`, ...encodeBody(route, fields) };
}

function encodeBody(route: Route, fields: ReadonlyMap<string, unknown>): Pick<WireRequest, 'type' | 'body'> {
  if (route.body === undefined || fields.size === 0) return {};
  if (route.body === 'upload') {
    const form = new FormData();
    for (const file of fields.get('files') as readonly { readonly name: string; readonly content: string }[]) {
      form.append('file', new Blob([file.content], { type: 'application/json' }), file.name);
    }
    return { body: form };
  }
  if (route.body === 'text') {
    return { type: 'application/yaml', body: String(fields.get(route.bare ?? 'text')) };
  }
  const content =
    route.bare === undefined
      ? Object.fromEntries(
          [...fields].flatMap(([name, value]) =>
            name === route.flatten ? Object.entries(value as Fields) : [[route.rename?.[name] ?? name, value]],
          ),
        )
      : fields.get(route.bare);
  return { type: 'application/json', body: JSON.stringify(content) };
}

/** `attachment; filename="a.age"`, as the server writes it. */
const fileName = /filename="([^"]*)"/;

/** The output in an answer's body. A downloaded file has the name that `input` gives it, else that of its `content-disposition`. */
export function decodeAnswer(route: Route, text: string, input: unknown, disposition: string | null = null): unknown {
  const { answer } = route;
  if (answer !== undefined && answer.from === undefined) {
    const { name, id } = (input ?? {}) as Fields;
    return { name: name ?? id ?? fileName.exec(disposition ?? '')?.[1], [answer.field]: text };
  }
  const body: unknown = JSON.parse(text);
  return answer?.from === undefined ? body : { [answer.field]: (body as Fields)[answer.from] };
}
