// Which credential a session goes to. One program keeps it in memory; several share it.

/** Never rejects: a binding that is lost costs a cached prompt, not a request. */
export interface BindingStore {
  /** The id of the credential; undefined when it is not bound or its time is over. Counts as a use. */
  get(session: string): string | undefined | Promise<string | undefined>;
  /** Binds a session, also one that is bound to another. */
  bind(session: string, credential: string): void;
  /** After the settings changed: milliseconds since its last use that a binding holds, and how many there may be. */
  configure(options: { readonly ttlMs: number; readonly max: number }): void;
}
