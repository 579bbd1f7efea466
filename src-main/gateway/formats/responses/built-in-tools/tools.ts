import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { DroppedFields } from '../../../model/dropped-fields.ts';
import { defined } from '../../../model/json.ts';
import type { BuiltInTool } from '../../../model/request.ts';
import { reportSearchLimits, searchLimits } from '../../shared/built-in-tools.ts';

/** How this format asks for tools that the service runs itself. */
export const responsesTools: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['web_search', { type: 'web_search' }],
  ['code_execution', { type: 'code_interpreter', container: { type: 'auto' } }],
]);

export function writeBuiltIn(tool: BuiltInTool, dropped: DroppedFields): JsonObject {
  const written = responsesTools.get(tool.name) ?? {};
  if (tool.name !== 'web_search') return written;
  const limits = searchLimits(tool);
  reportSearchLimits(limits, ['allowed', 'location'], dropped);
  return defined({
    ...written,
    filters: limits.allowed && { allowed_domains: limits.allowed },
    user_location: limits.location,
  });
}
