// Who may ask: the client's key in any of its five carriers, or this machine alone while no keys are set.
import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isExampleKey } from '../../lib/example-keys.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../lib/loopback.ts';

export type Access =
  /** `key` is undefined in open mode. */
  | { readonly granted: true; readonly key: string | undefined }
  | { readonly granted: false; readonly status: 401 | 403; readonly message: string };

const missing: Access = { granted: false, status: 401, message: 'Missing API key' };
const exampleKey: Access = {
  granted: false,
  status: 403,
  message: 'This client key is a public example, which works on this machine only. Set keys of your own in the config.',
};
const invalid: Access = { granted: false, status: 401, message: 'Invalid API key' };

export class ClientKeys {
  /** Keys are compared by digests under a secret of this process, so that times tell nothing about them. */
  readonly #secret = randomUUID();
  readonly #known: readonly { readonly key: string; readonly digest: Buffer }[];
  /** What each connection presented last. Only its own, so that times tell nothing about the keys of others. */
  readonly #presented = new WeakMap<object, { readonly text: string; readonly key: string }>();
  /** A list of blank keys is not an empty list: it lets nobody in. */
  readonly #isOpen: boolean;

  constructor(keys: readonly string[]) {
    this.#isOpen = keys.length === 0;
    this.#known = keys.filter((key) => key !== '').map((key) => ({ key, digest: this.#digest(key) }));
  }

  /** `query` is what follows the `?` of the address. */
  check(request: IncomingMessage, query: string): Access {
    if (this.#isOpen) return openAccess(request);
    const carried = carriedKeys(request, query);
    if (carried.length === 0) return missing;
    for (const text of carried) {
      const key = this.#matchOn(request.socket, text);
      if (key !== undefined)
        return isExampleKey(key) && !isOfThisMachine(request) ? exampleKey : { granted: true, key };
    }
    return invalid;
  }

  #digest(text: string): Buffer {
    return hash('sha256', this.#secret + text, 'buffer');
  }

  #matchOn(connection: object, text: string): string | undefined {
    const before = this.#presented.get(connection);
    if (before?.text === text) return before.key;
    const key = this.#match(text);
    if (key !== undefined) this.#presented.set(connection, { text, key });
    return key;
  }

  #match(text: string): string | undefined {
    const digest = this.#digest(text);
    let match: string | undefined;
    for (const known of this.#known) if (timingSafeEqual(known.digest, digest)) match ??= known.key;
    return match;
  }
}

function carriedKeys({ headers }: IncomingMessage, query: string): readonly string[] {
  const authorization = headers.authorization?.trim() ?? '';
  const bearer = /^bearer\s(.*)$/i.exec(authorization)?.[1]?.trim() ?? authorization;
  const found = [bearer, headers['x-goog-api-key'], headers['x-api-key']].map(String);
  if (query.includes('key=') || query.includes('auth_token=')) {
    const parameters = new URLSearchParams(query);
    found.push(parameters.get('key') ?? '', parameters.get('auth_token') ?? '');
  }
  return found.filter((text) => text !== '' && text !== 'undefined');
}

function isOfThisMachine({ headers, socket }: IncomingMessage): boolean {
  const forwarded = [headers['x-forwarded-for'], headers['x-real-ip'], headers.forwarded];
  return forwarded.every((one) => one === undefined) && isLoopbackAddress(socket.remoteAddress ?? '');
}

/** Without keys only programs of this machine may ask, and no page of another site through a browser on it. */
function openAccess(request: IncomingMessage): Access {
  const { headers } = request;
  const reject = (message: string): Access => ({ granted: false, status: 403, message });
  const hint = 'Set api-keys in the config to allow it.';
  if (!isOfThisMachine(request)) {
    return reject(`While no client keys are set, only programs on this machine may ask. ${hint}`);
  }
  if (!isLoopbackHost(headers.host ?? ''))
    return reject(`While no client keys are set, the Host must be this machine. ${hint}`);
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) {
    return reject(`While no client keys are set, pages of other sites may not ask. ${hint}`);
  }
  return { granted: true, key: undefined };
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}
