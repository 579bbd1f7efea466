// Free-form tools for services that know only functions: one string field, wrapped on the way out, unwrapped on the way back.

import { parseJson } from '../../../src-shared/json.ts';
import type { IrEvent } from './events.ts';
import { objectOf } from './json.ts';
import type { CustomTool, FunctionTool, Part, Request, Turn } from './request.ts';
import { identityOf, toolKey } from './tool-names.ts';

const field = 'input';

const wrap = (tool: CustomTool): FunctionTool => ({
  kind: 'function',
  name: tool.name,
  ...(tool.namespace === undefined ? {} : { namespace: tool.namespace }),
  description: [tool.description, grammarNote(tool.format)].filter(Boolean).join('\n\n'),
  schema: {
    type: 'object',
    properties: { [field]: { type: 'string' } },
    required: [field],
    additionalProperties: false,
  },
});

/** The grammar cannot be enforced any more, but it can be told. */
function grammarNote(format: unknown): string {
  const { definition, syntax } = objectOf(objectOf(format).grammar ?? format);
  return typeof definition === 'string'
    ? `The input must follow this ${String(syntax ?? '')} grammar:\n${definition}`
    : '';
}

const wrapPart = (part: Part): Part =>
  part.kind === 'tool-call' && part.variant === 'custom'
    ? { ...part, variant: 'function', args: JSON.stringify({ [field]: part.args }) }
    : part;

/** The request with functions only. */
export function wrapCustomTools(request: Request): Request {
  const turns = request.turns.map((turn): Turn => ({ role: turn.role, parts: turn.parts.map(wrapPart) }));
  return { ...request, turns, tools: request.tools.map((tool) => (tool.kind === 'custom' ? wrap(tool) : tool)) };
}

/** Turns calls of wrapped tools back into free text. Their arguments are held until they are whole. */
export class CustomToolUnwrapper {
  readonly #tools: ReadonlySet<string>;
  readonly #held = new Map<number, string>();

  /** @param tools keys of the client's free-form tools */
  constructor(tools: ReadonlySet<string>) {
    this.#tools = tools;
  }

  push(event: IrEvent): readonly IrEvent[] {
    if (
      event.type === 'block-start' &&
      event.block.kind === 'tool' &&
      this.#tools.has(toolKey(identityOf(event.block)))
    ) {
      if (event.block.variant === 'custom') return [event];
      this.#held.set(event.index, '');
      return [{ ...event, block: { ...event.block, variant: 'custom' } }];
    }
    if (event.type !== 'delta' && event.type !== 'block-stop') return [event];
    const held = this.#held.get(event.index);
    if (held === undefined) return [event];
    if (event.type === 'delta') {
      this.#held.set(event.index, held + event.text);
      return [];
    }
    this.#held.delete(event.index);
    const value = held === '' || held === '{}' ? '' : objectOf(parseJson(held))[field];
    return [{ type: 'delta', index: event.index, text: typeof value === 'string' ? value : held }, event];
  }
}
