// The window inside the desktop app: calls and events over the bridge that the preload script builds.
import type { AppEvent } from '../../src-shared/events.ts';
import type { Reply } from '../../src-shared/problem.ts';
import { CallError, type Transport } from './transport.ts';

/** What the preload script puts on `window`. */
export interface Bridge {
  readonly call: (name: string, input: unknown) => Promise<Reply<unknown>>;
  /** The first events a listener gets are a snapshot of the present state. */
  readonly listen: (listener: (event: AppEvent) => void) => () => void;
}

declare global {
  interface Window {
    readonly bridge?: Bridge;
  }
}

export function ipcTransport(bridge: Bridge): Transport {
  return {
    desktop: true,
    call: async (name, input) => {
      const reply = await bridge.call(name, input);
      if (reply.ok) return reply.value;
      throw new CallError(reply.code, reply.message);
    },
    listen: ({ event, link }) => {
      const stop = bridge.listen(event);
      link({ state: 'online' });
      return stop;
    },
  };
}
