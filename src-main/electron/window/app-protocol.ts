// The page inside the desktop app: the built files under a scheme of their own, with the same strict policy as over HTTP.
import { fileURLToPath } from 'node:url';
import type { Protocol } from 'electron';
import { contentSecurityPolicy, pageFile } from '../../http/page-files.ts';

const scheme = 'app';
const host = 'window';
export const pageOrigin = `${scheme}://${host}`;

/** The address of a place in the window, such as `accounts/login/codex`. */
export const pageUrl = (place: string): string => `${pageOrigin}/management.html#/${place}`;

/** Whether an address is our page, whatever place in it. */
export const isPageUrl = (address: string): boolean => address.split('#')[0] === `${pageOrigin}/management.html`;

/** Must happen before the app is ready: only then may a scheme become a standard, secure one. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** The gateway is another origin for this scheme, and the window sends requests to it as a client does. */
const policy = contentSecurityPolicy.replace(
  "connect-src 'self'",
  ['127.0.0.1', 'localhost'].reduce(
    (sources, name) => `${sources} http://${name}:* https://${name}:*`,
    "connect-src 'self'",
  ),
);

/** Answers the scheme with the files of `folder`, and with nothing else. */
export function handleAppScheme(protocol: Protocol, folder: URL): void {
  const root = fileURLToPath(folder);
  protocol.handle(scheme, async ({ url, method }) => {
    const address = new URL(url);
    const file = address.host === host && method === 'GET' ? await pageFile(root, address.pathname) : undefined;
    if (file === undefined) return new Response('not found', { status: 404 });
    const headers = { ...file.headers, 'content-security-policy': policy };
    return new Response(new Uint8Array(Buffer.from(file.body)), { status: file.status, headers });
  });
}
