import type { JsonObject } from '../../../../src-shared/json.ts';

/** How this format asks for tools that the service runs itself. */
export const responsesTools: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['web_search', { type: 'web_search' }],
  ['code_execution', { type: 'code_interpreter', container: { type: 'auto' } }],
]);
