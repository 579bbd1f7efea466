// Reads the lists of models that providers answer with.
import { isObject } from '../../src-shared/json.ts';

export interface ListedModel {
  readonly id: string;
  readonly displayName?: string;
}

const maxModels = 2_000;
const maxNameLength = 200;

/** `{data:[{id}]}`, Google's `{models:[{name}]}` and Codex' `{models:[{slug}]}`; what is hidden there is left out. */
export function listedModels(body: unknown): readonly ListedModel[] {
  const { data, models } = isObject(body) ? body : {};
  const list: readonly unknown[] = Array.isArray(data) ? data : Array.isArray(models) ? models : [];
  return list.slice(0, maxModels).flatMap((item) => {
    if (!isObject(item) || item.visibility === 'hide') return [];
    const name = item.id ?? item.slug ?? item.name;
    if (typeof name !== 'string' || name === '' || name.length > maxNameLength) return [];
    const shown = item.display_name ?? item.displayName;
    const id = name.replace(/^(publishers\/google\/)?models\//, '');
    return [{ id, ...(typeof shown === 'string' && shown !== '' && { displayName: shown.slice(0, maxNameLength) }) }];
  });
}

/** The last model of a page that more follow after; undefined: there are none. */
export function lastOfPage(body: unknown): string | undefined {
  if (!isObject(body) || body.has_more !== true) return undefined;
  return typeof body.last_id === 'string' && body.last_id !== '' ? body.last_id : undefined;
}
