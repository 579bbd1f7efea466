// The page of the window over HTTP: the built files of the renderer, and nothing else on the disk.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HttpResponse } from './response.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Nothing from other origins, no inline script, no style element; scripts set styles through the CSSOM. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a path belongs to the page. */
export const isPagePath = (pathname: string) => pathname === '/management.html' || pathname.startsWith('/assets/');

/** A file of the page, or undefined where there is none. `folder` is the built renderer. */
export async function pageFile(folder: string, pathname: string): Promise<HttpResponse | undefined> {
  const name = pathname === '/management.html' ? 'index.html' : pathname.slice(1);
  const type = types[path.extname(name)];
  // Names of built files are plain: one with `..`, escapes or further folders is none of them.
  if (type === undefined || !/^(index\.html|assets\/[\w.-]+)$/.test(name) || name.includes('..')) return undefined;
  try {
    const body = await readFile(path.join(folder, name));
    return {
      status: 200,
      headers: {
        'content-type': type,
        // Names of assets carry a hash of their content; the page itself must always be fresh.
        'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
        'content-security-policy': contentSecurityPolicy,
        // No other site gets hold of the window or includes a file of it.
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      },
      body,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
