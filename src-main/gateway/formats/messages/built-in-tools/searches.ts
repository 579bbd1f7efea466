// Searches that the service made, as Messages has them: a call of its own tool, and a block with what was found.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { SearchBlock } from '../../../model/events.ts';
import { defined, objectOf, objectsOf, parseExact, stringOf, textOf } from '../../../model/json.ts';

const name = 'web_search';

/** How ids of searches begin that another service made: this one rejects results that it has not sealed. */
export const ownSearchPrefix = 'srvtoolu_own_';

/** The blocks of a search. `id`: of the call. */
export function writeSearch(
  { query, pages }: SearchBlock,
  id: string,
): readonly [call: JsonObject, result: JsonObject] {
  const content = pages.map(({ url, title }) => ({
    type: 'web_search_result',
    url,
    title: title ?? url,
    encrypted_content: '',
    page_age: null,
  }));
  return [
    { type: 'server_tool_use', id, name, input: { query } },
    { type: 'web_search_tool_result', tool_use_id: id, content },
  ];
}

/** Whether a block is the call or the result of a search that another service made. */
export const isOwnSearch = ({ type, id, tool_use_id: callId }: JsonObject): boolean =>
  textOf(type === 'server_tool_use' ? id : type === 'web_search_tool_result' ? callId : '').startsWith(ownSearchPrefix);

/** Puts the results of searches together with what was searched for. */
export class SearchReader {
  readonly #queries = new Map<string, string>();
  readonly #open = new Map<number, { readonly id: string; input: string }>();

  /** A block begins. The search is whole when its results are there. */
  begin(index: number, block: JsonObject): SearchBlock | undefined {
    if (block.type === 'server_tool_use' && block.name === name) {
      const id = textOf(block.id);
      this.#queries.set(id, textOf(objectOf(block.input).query));
      this.#open.set(index, { id, input: '' });
    } else if (block.type === 'web_search_tool_result') return this.#found(block);
    return undefined;
  }

  /** A piece of the input of a call. */
  input(index: number, delta: JsonObject): void {
    const open = this.#open.get(index);
    if (open) open.input += textOf(delta.partial_json);
  }

  stop(index: number): void {
    const open = this.#open.get(index);
    this.#open.delete(index);
    if (open && open.input !== '') this.#queries.set(open.id, queryOf(open.input));
  }

  #found(block: JsonObject): SearchBlock {
    const pages = objectsOf(block.content).flatMap(({ url, title }) =>
      typeof url === 'string' ? [defined({ url, title: stringOf(title) })] : [],
    );
    return { kind: 'search', query: this.#queries.get(textOf(block.tool_use_id)) ?? '', pages };
  }
}

const queryOf = (input: string): string => textOf(objectOf(parseExact(input)).query);
