import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { DroppedFields } from '../../../model/dropped-fields.ts';
import { defined } from '../../../model/json.ts';
import type { BuiltInTool } from '../../../model/request.ts';
import { reportSearchLimits, searchLimits } from '../../shared/built-in-tools.ts';

/** How this format asks for tools that the service runs itself. */
export const messagesTools: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['web_search', { type: 'web_search_20250305', name: 'web_search' }],
  ['code_execution', { type: 'code_execution_20250825', name: 'code_execution' }],
]);

export function writeBuiltIn(tool: BuiltInTool, dropped: DroppedFields): JsonObject {
  const written = messagesTools.get(tool.name) ?? {};
  if (tool.name !== 'web_search') return written;
  const limits = searchLimits(tool);
  // Only one of the two lists is taken.
  reportSearchLimits(limits, limits.allowed ? ['allowed', 'location'] : ['blocked', 'location'], dropped);
  const { allowed, blocked, location } = limits;
  return defined({
    ...written,
    allowed_domains: allowed,
    blocked_domains: allowed ? undefined : blocked,
    user_location: location,
  });
}
