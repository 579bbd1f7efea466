// Names of handlers.

/** `get` of `debug` is `debug.get`. TypeScript does not follow computed keys, so this says it once for all. */
type Prefixed<N extends string, H> = { readonly [V in keyof H & string as `${N}.${V}`]: H[V] };

/** Handlers by verb as handlers by operation. */
export function prefixed<const N extends string, H extends object>(name: N, handlers: H): Prefixed<N, H> {
  const named = Object.entries(handlers).map(([verb, handler]) => [`${name}.${verb}`, handler]);
  return Object.fromEntries(named) as Prefixed<N, H>;
}
