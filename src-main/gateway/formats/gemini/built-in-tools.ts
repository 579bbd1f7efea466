import type { JsonObject } from '../../../../src-shared/json.ts';

/** How this format asks for tools that the service runs itself. */
export const geminiTools: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['web_search', { googleSearch: {} }],
  ['code_execution', { codeExecution: {} }],
]);
