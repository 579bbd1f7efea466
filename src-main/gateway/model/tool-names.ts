// Names and ids of tools that every service accepts, and the way back to the client's own.

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

/** Tool names of one request: what goes out, and what it was called by the client. */
export class ToolNames {
  readonly #originals = new Map<string, string>();

  outgoing(name: string): string {
    if (legalName.test(name)) return name;
    const base = cleaned(name);
    const legal = `${`${/^[a-zA-Z_]/.test(base) ? base : `_${base}`}`.slice(0, 54)}_${digest(name)}`;
    this.#originals.set(legal, name);
    return legal;
  }

  incoming(name: string): string {
    return this.#originals.get(name) ?? name;
  }
}
