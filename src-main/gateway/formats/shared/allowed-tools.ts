// "One of these tools" for formats that cannot say it: the other tools are not offered.
import type { Request, ToolChoice } from '../../model/request.ts';

export function withAllowedOnly(
  request: Request,
): Request & { readonly toolChoice?: Exclude<ToolChoice, { kind: 'allowed' }> } {
  const { toolChoice, ...rest } = request;
  if (toolChoice?.kind !== 'allowed') return { ...rest, ...(toolChoice ? { toolChoice } : {}) };
  const tools = request.tools.filter(({ name }) => toolChoice.tools.some((tool) => tool.name === name));
  return { ...rest, tools, toolChoice: { kind: toolChoice.required ? 'any' : 'auto' } };
}
