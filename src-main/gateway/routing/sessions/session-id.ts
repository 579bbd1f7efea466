// Which conversation a request belongs to, as its client says it.
import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from '../../model/request.ts';

/** In this order. */
const headerNames = [
  'x-session-id',
  'session_id',
  'session-id',
  'conversation_id',
  'conversation-id',
  'x-claude-code-session-id',
  'x-session-affinity',
] as const;

/** `undefined` for a request that names no session. The body is read only when no header names one. */
export function sessionIdOf(headers: IncomingHttpHeaders, inBody: () => readonly unknown[]): string | undefined {
  for (const name of headerNames) {
    const value = headers[name];
    if (isNotBlank(value)) return value.trim();
  }
  return inBody().find(isNotBlank)?.trim();
}

const isNotBlank = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Of a request that names no session: its system text and first user text stay the same while it goes on. */
export function sessionByContent(client: string, model: string, request: Request): string {
  const system = request.system.map(({ text }) => text);
  const first = request.turns.find(({ role }) => role === 'user')?.parts ?? [];
  const said = first.flatMap((part) => (part.kind === 'text' && !part.isInstruction ? [part.text] : []));
  return hash('sha256', JSON.stringify([client, model, system, said]), 'hex');
}
