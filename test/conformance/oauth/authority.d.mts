/** A root and one leaf of it for all hosts; everything PEM. */
export function makeAuthority(common: string, hosts: readonly string[]): { readonly ca: string; readonly cert: string; readonly key: string };
