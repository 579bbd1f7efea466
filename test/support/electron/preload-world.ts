// Runs a preload script in a world of its own inside the page, as Electron does: with the page's document, without Node.

/** One end of the context bridge. Both worlds share the document; events carry structured clones between them. */
function bridgeEnd(out: string, incoming: string): { readonly pack: unknown; readonly unpack: unknown } {
  type Detail = Readonly<Record<string, unknown>> & { readonly kind: string; readonly n: number };
  const own = new Map<number, (...args: readonly unknown[]) => unknown>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const replies = new Map<number, Detail>();
  let last = 0;

  const isPlain = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  const mapped = (value: Record<string, unknown>, change: (part: unknown) => unknown) =>
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      last += 1;
      own.set(last, value as (...args: readonly unknown[]) => unknown);
      return { $function: last };
    }
    if (Array.isArray(value)) return value.map(pack);
    return isPlain(value) ? mapped(value, pack) : value;
  }
  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const id = value.$function;
    if (typeof id !== 'number') return Object.freeze(mapped(value, unpack));
    return (...args: readonly unknown[]) => call(id, args);
  }
  // What cannot be cloned throws here, before it is sent.
  const send = (detail: Detail) => document.dispatchEvent(new CustomEvent(out, { detail: structuredClone(detail) }));

  function call(id: number, args: readonly unknown[]): unknown {
    last += 1;
    const n = last;
    send({ kind: 'call', n, id, args: pack(args) });
    const reply = replies.get(n);
    replies.delete(n);
    if (reply === undefined) throw new Error('the other world does not answer');
    if (reply.kind === 'threw') throw new Error(String(reply.message));
    if (reply.kind === 'value') return unpack(reply.value);
    return new Promise((resolve, reject) => waiting.set(n, { resolve, reject }));
  }

  function answer({ n, id, args }: Detail): void {
    const wording = (error: unknown) => (error instanceof Error ? error.message : String(error));
    try {
      const result = own.get(id as number)?.(...(unpack(args) as readonly unknown[]));
      if (result instanceof Promise) {
        send({ kind: 'promise', n });
        result.then(
          (value) => send({ kind: 'resolved', n, value: pack(value) }),
          (error) => send({ kind: 'rejected', n, message: wording(error) }),
        );
      } else {
        send({ kind: 'value', n, value: pack(result) });
      }
    } catch (error) {
      send({ kind: 'threw', n, message: wording(error) });
    }
  }

  document.addEventListener(incoming, (event) => {
    const detail = (event as CustomEvent<Detail>).detail;
    if (detail.kind === 'call') answer(detail);
    else if (detail.kind === 'resolved') waiting.get(detail.n)?.resolve(unpack(detail.value));
    else if (detail.kind === 'rejected') waiting.get(detail.n)?.reject(new Error(String(detail.message)));
    else replies.set(detail.n, detail);
  });
  return { pack, unpack };
}

export const worldName = 'Electron preload';
/** The function of the isolated world that reaches the main process. */
export const hostBinding = '__toMainProcess';

/** For the page's own world, before anything of the page runs. */
export const pageScript = `(() => {
  if (window !== window.top) return;
  const { unpack } = (${bridgeEnd})('electron:to-preload', 'electron:to-page');
  document.addEventListener('electron:expose', ({ detail: { name, api } }) => {
    if (Object.hasOwn(window, name)) throw new Error('cannot expose ' + name + ' twice');
    Object.defineProperty(window, name, { value: unpack(api), enumerable: true });
  });
})()`;

/** For the isolated world. What is thrown reaches the main process as a breach. */
export function isolatedScript(preload: string): string {
  return `(() => {
  if (window !== window.top) return;
  const { pack } = (${bridgeEnd})('electron:to-page', 'electron:to-preload');
  const toHost = (message) => ${hostBinding}(JSON.stringify(message, (key, part) => part === undefined ? { $undefined: true } : part));
  const revive = (part) => {
    if (part === null || typeof part !== 'object') return part;
    if ('$undefined' in part) return undefined;
    if (Array.isArray(part)) return part.map(revive);
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, revive(inner)]));
  };
  const listeners = new Map();
  const waiting = new Map();
  let last = 0;
  globalThis.__fromMainProcess = (message) => {
    const { kind, id, value, error, channel, args } = revive(message);
    if (kind === 'send') for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args);
    if (kind === 'reply') waiting.get(id)[error === undefined ? 'resolve' : 'reject'](error === undefined ? value : new Error(error));
  };
  const ipcRenderer = {
    invoke: (channel, ...args) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      toHost({ kind: 'invoke', id: last, channel, args: structuredClone(args) });
    }),
    on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return ipcRenderer; },
    removeListener: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((known) => known !== listener));
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name, api) =>
      document.dispatchEvent(new CustomEvent('electron:expose', { detail: structuredClone({ name, api: pack(api) }) })),
  };
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error('a sandboxed preload cannot load ' + name);
  };
  try {
    ((require, module, exports) => { ${preload}
})(require, { exports: {} }, {});
  } catch (error) {
    toHost({ kind: 'violation', message: 'the preload failed: ' + error.message });
  }
})()`;
}
