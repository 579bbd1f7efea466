// Where the page is to be found after the server has moved.

const loopback = /^(127\.|localhost$|\[::1\]$)/;

/**
 * The page's origin on a server that has moved from `before` to `now`, both as the server tells clients of this machine.
 * Undefined where the page stays, such as behind another server that passes requests on.
 */
export function movedOrigin(page: string, before: string, now: string): string | undefined {
  const [own, from, to] = [new URL(page), new URL(before), new URL(now)];
  if (own.protocol !== from.protocol || own.port !== from.port) return undefined;
  // The address of a server that listens everywhere names this machine; others call it as they did.
  const host = loopback.test(to.hostname) ? own.hostname : to.hostname;
  const origin = new URL(`${to.protocol}//${host}${to.port && `:${to.port}`}`).origin;
  return origin === own.origin ? undefined : origin;
}
