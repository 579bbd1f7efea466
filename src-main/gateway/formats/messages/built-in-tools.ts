import type { JsonObject } from '../../../../src-shared/json.ts';

/** How this format asks for tools that the service runs itself. */
export const messagesTools: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['web_search', { type: 'web_search_20250305', name: 'web_search' }],
  ['code_execution', { type: 'code_execution_20250825', name: 'code_execution' }],
]);
