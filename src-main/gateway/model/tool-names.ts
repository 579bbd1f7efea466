// Names and ids of tools that every service accepts, and the way back to the client's own.
import type { ClientToolKind, ToolIdentity } from './request.ts';

/** What the strictest service allows in a tool name: Messages 128, OpenAI 64, Gemini must begin with a letter. */
const legalName = /^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/;
const legalId = /^[a-zA-Z0-9_-]{1,64}$/;

/** A short digest that tells shortened names apart (FNV-1a, 32 bits); not for secrets. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** A text of at most 64 characters that stands for a longer one, always the same: what OpenAI takes as a user id. */
export const shortened = (text: string): string => (text.length <= 64 ? text : `${text.slice(0, 55)}_${digest(text)}`);

const cleaned = (text: string): string => text.replace(/[^a-zA-Z0-9_-]/g, '_');

/** The same id always gives the same legal id, so that calls and results stay together over turns. */
export const toolId = (id: string): string => (legalId.test(id) ? id : `${cleaned(id).slice(0, 50)}_${digest(id)}`);

/** Tells tools of one name in different namespaces apart. */
export const toolKey = ({ name, namespace = '', kind }: ToolIdentity): string =>
  JSON.stringify([namespace, name, kind]);

/** Where OpenAI's models see functions that belong to no namespace; Codex writes it out. */
const plainNamespace = 'functions';

/** One name for a tool of a namespace, as services without namespaces see it. */
export const joinedName = ({ name, namespace = '' }: ToolIdentity): string =>
  namespace === '' || namespace === plainNamespace
    ? name
    : `${namespace}${namespace.endsWith('__') ? '' : '__'}${name}`;

/** What a tool or a call of one is called by the client. */
export const identityOf = (
  tool: Pick<ToolIdentity, 'name' | 'namespace'> & { readonly variant?: string },
): ToolIdentity => ({
  name: tool.name,
  ...(tool.namespace === undefined ? {} : { namespace: tool.namespace }),
  ...(tool.variant === undefined || tool.variant === 'function' || tool.variant === 'custom'
    ? {}
    : { kind: tool.variant as ClientToolKind }),
});

/** Tool names of one request: what goes out, each different from the others, and what it was called by the client. */
export class ToolNames {
  readonly #outgoing = new Map<string, string>();
  readonly #originals = new Map<string, ToolIdentity>();

  /** The same for the same tool; the first of two that would be called alike keeps the plain name. */
  outgoing(tool: ToolIdentity): string {
    const key = toolKey(tool);
    const known = this.#outgoing.get(key);
    if (known !== undefined) return known;
    let name = legal(joinedName(tool));
    for (let salt = key; this.#originals.has(name); salt += '+') name = `${name.slice(0, 55)}_${digest(salt)}`;
    this.#outgoing.set(key, name);
    this.#originals.set(name, tool);
    return name;
  }

  /** Undefined for a name that never went out. */
  incoming(name: string): ToolIdentity | undefined {
    return this.#originals.get(name);
  }
}

function legal(name: string): string {
  if (legalName.test(name)) return name;
  const base = cleaned(name);
  return `${`${/^[a-zA-Z_]/.test(base) ? base : `_${base}`}`.slice(0, 54)}_${digest(name)}`;
}
