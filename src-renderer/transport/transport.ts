// What the window needs of whatever carries its calls: asking, and hearing what happened.

import type { AppContract } from '../../src-shared/contract/index.ts';
import type { DesktopInput, DesktopOperation, DesktopOutput } from '../../src-shared/desktop-contract.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import type { Input, Output } from '../../src-shared/operation.ts';

export type OperationName = keyof AppContract;
export type OperationInput<N extends OperationName> = Input<AppContract[N]>;
export type OperationOutput<N extends OperationName> = Output<AppContract[N]>;
/** The arguments of a call: none where the operation takes nothing. */
export type Arguments<N extends OperationName> = undefined extends OperationInput<N> ? [] : [OperationInput<N>];

/** Why the server does not let the window in. */
export type LockReason = 'no-key' | 'wrong-key' | 'banned' | 'remote-off' | 'api-off' | 'rejected';

/** How the window and the server stand. `lost` heals itself, `locked` needs the person. */
export type Link =
  | { readonly state: 'connecting' | 'online' }
  | { readonly state: 'lost'; readonly since: number }
  | ({ readonly state: 'locked' } & Lock);

export interface Lock {
  readonly reason: LockReason;
  /** What the server says of it; `''` where the reason says all. */
  readonly detail: string;
  /** Wrong keys that may still be sent before the server bans this computer; undefined: any number. */
  readonly triesLeft?: number;
  /** When a ban ends, milliseconds since 1970. */
  readonly until?: number;
}

export interface Listeners {
  readonly event: (event: AppEvent) => void;
  readonly link: (link: Link) => void;
}

export interface Transport {
  /** Whether the actions of the desktop app can be asked for. */
  readonly desktop: boolean;
  /** Rejects with a {@link CallError}. */
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  /** Hears events until the returned function is called. Each (re)connection begins with a full snapshot. */
  readonly listen: (listeners: Listeners) => () => void;
  /** Tries a key and keeps it: for the tab, or for this browser when `remember` is set. HTTP only. */
  readonly unlock?: (key: string, remember: boolean) => void;
  readonly forgetKey?: () => void;
}

/**
 * A failed call: `code` is the problem's code, `unreachable`, or what stands in the answer of another server.
 * `message` is for people.
 */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The typed calls of a transport. */
export interface Client {
  readonly call: <N extends OperationName>(name: N, ...input: Arguments<N>) => Promise<OperationOutput<N>>;
  /** An action of the desktop app; rejects in a browser. */
  readonly callDesktop: <K extends DesktopOperation>(
    name: K,
    ...input: undefined extends DesktopInput<K> ? [] : [DesktopInput<K>]
  ) => Promise<DesktopOutput<K>>;
}

export function createClient(transport: Transport): Client {
  const send = (name: string, ...[input]: readonly unknown[]) => transport.call(name, input);
  return { call: send as Client['call'], callDesktop: send as Client['callDesktop'] };
}
