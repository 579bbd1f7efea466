// An entry while it is edited. Fields this window does not know are carried along untouched.
import type { CompatibilityProvider, KeyEntry } from '../../../src-shared/config.ts';
import type { Entry, Kind } from './kinds.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface DraftRow {
  /** Tells rows apart while they are moved and edited. */
  readonly id: number;
  readonly left: string;
  readonly right: string;
  readonly rest: Fields;
}

export interface Draft {
  readonly name: string;
  readonly baseUrl: string;
  readonly proxyUrl: string;
  readonly apiKey: string;
  /** Key and its proxy. */
  readonly keys: readonly DraftRow[];
  /** The provider's name of a model, and the clients'. */
  readonly models: readonly DraftRow[];
  readonly headers: readonly DraftRow[];
  readonly excluded: string;
  /** Whether earlier reasoning goes back; undefined: as each model wants it. */
  readonly reasoningHistory: boolean | undefined;
  readonly rest: Fields;
}

let lastId = 0;
export function row(left = '', right = '', rest: Fields = {}): DraftRow {
  lastId += 1;
  return { id: lastId, left, right, rest };
}

export function toDraft(entry: Entry): Draft {
  const { models, headers, 'base-url': baseUrl, ...others } = entry;
  const {
    name,
    'api-key-entries': keys,
    'api-key': apiKey,
    'proxy-url': proxyUrl,
    'excluded-models': excluded,
    'reasoning-history': reasoningHistory,
    ...rest
  } = others as Partial<CompatibilityProvider> & Partial<KeyEntry>;
  return {
    name: name ?? '',
    baseUrl: baseUrl ?? '',
    proxyUrl: proxyUrl ?? '',
    apiKey: apiKey ?? '',
    keys: (keys ?? []).map(({ 'api-key': key, 'proxy-url': proxy, ...more }) => row(key, proxy, more)),
    models: (models ?? []).map(({ name: left, alias, ...more }) => row(left, alias, more)),
    headers: Object.entries(headers ?? {}).map(([key, value]) => row(key, value)),
    excluded: (excluded ?? []).join('\n'),
    reasoningHistory,
    rest,
  };
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The entry as it is written: empty fields and rows are left out. */
export function toEntry(draft: Draft, kind: Kind): Entry {
  const models = draft.models
    .filter(({ left, right }) => left.trim() !== '' || right.trim() !== '')
    .map(({ left, right, rest }) => ({
      ...rest,
      name: left.trim(),
      ...(right.trim() !== '' && { alias: right.trim() }),
    }));
  const headers = Object.fromEntries(
    draft.headers.filter(({ left }) => left.trim() !== '').map(({ left, right }) => [left.trim(), right]),
  );
  const shared = {
    ...(draft.baseUrl.trim() !== '' && { 'base-url': draft.baseUrl.trim() }),
    ...(models.length > 0 && { models }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
  if (kind.named) {
    const keys = draft.keys
      .filter(({ left }) => left.trim() !== '')
      .map(({ left, right, rest }) => ({
        ...rest,
        'api-key': left.trim(),
        ...(right.trim() !== '' && { 'proxy-url': right.trim() }),
      }));
    const { reasoningHistory } = draft;
    return {
      ...draft.rest,
      name: draft.name.trim(),
      ...shared,
      'api-key-entries': keys,
      ...(reasoningHistory !== undefined && { 'reasoning-history': reasoningHistory }),
    };
  }
  const excluded = lines(draft.excluded);
  return {
    ...draft.rest,
    'api-key': draft.apiKey.trim(),
    ...shared,
    ...(draft.proxyUrl.trim() !== '' && { 'proxy-url': draft.proxyUrl.trim() }),
    ...(excluded.length > 0 && { 'excluded-models': excluded }),
  };
}

export interface DraftErrors {
  readonly name?: 'name-missing' | 'name-taken';
  readonly baseUrl?: 'url-missing' | 'url-wrong';
  readonly apiKey?: 'key-missing' | 'key-taken';
}

/** What forbids saving. `others` are the other entries of the list. */
export function errorsOf(draft: Draft, kind: Kind, others: readonly Entry[]): DraftErrors {
  const name = draft.name.trim();
  const key = draft.apiKey.trim();
  const url = draft.baseUrl.trim();
  const twin = others.some((other) =>
    kind.named
      ? (other as CompatibilityProvider).name === name
      : (other as KeyEntry)['api-key'] === key && (other['base-url'] ?? '') === url,
  );
  return {
    ...(kind.named && name === '' && { name: 'name-missing' as const }),
    ...(kind.named && name !== '' && twin && { name: 'name-taken' as const }),
    ...(url === '' && kind.baseUrlNeeded && { baseUrl: 'url-missing' as const }),
    ...(url !== '' && !/^https?:\/\/[^\s/]+/.test(url) && { baseUrl: 'url-wrong' as const }),
    ...(!kind.named && key === '' && { apiKey: 'key-missing' as const }),
    ...(!kind.named && key !== '' && twin && { apiKey: 'key-taken' as const }),
  };
}

/** Numbers, from 1, of two models that clients could not tell apart; the first always wins. */
export function sharedName(models: readonly DraftRow[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, { left, right }] of models.entries()) {
    const name = right.trim() || left.trim();
    const first = seen.get(name);
    if (name !== '' && first !== undefined) return [first + 1, index + 1];
    if (!seen.has(name)) seen.set(name, index);
  }
  return undefined;
}

/** Rows from pasted text: two words a line, apart by space, comma, tab, `=` or `:`; one word leaves the right empty. */
export const pastedRows = (text: string): readonly DraftRow[] =>
  lines(text).map((line) => {
    const [left = '', right = ''] = line.split(/\s*(?:=>|->|[,;\t=]|\s)\s*/);
    return row(left, right);
  });
