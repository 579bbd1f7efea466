// What the login machine and the refresh scheduler need to know about one provider.
import type { LoginName } from '../../src-shared/contract/logins.ts';
import type { Fields, ProviderHttp } from '../net/provider-request.ts';

/** What a provider's own code may use while it talks to the provider. */
export interface ProviderCall extends ProviderHttp {
  /** Milliseconds since the epoch, never the same twice: names accounts that have no name of their own. */
  readonly uniqueTime: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly pause: (ms: number) => Promise<void>;
}

/** An account as a login ends with it. */
export interface NewAccount {
  /** The file name without `.json`, its parts not yet cleaned. */
  readonly fileName: readonly string[];
  /** Tells accounts apart that have equal file names; a member is ignored where the file has none. */
  readonly identity: Readonly<Record<string, string>>;
  /** The members of the file in their order, `type` included. */
  readonly content: Fields;
}

/** The provider's answer that the browser brings. */
export interface Grant {
  readonly code: string;
  readonly state: string;
  readonly verifier: string;
  /** Google Cloud project that was asked for. */
  readonly projectId: string | undefined;
}

/** Told when the tokens are there and what follows are further questions. */
export type Enriching = () => void;

interface Common {
  readonly name: LoginName;
  /** How people call it. */
  readonly title: string;
  /** The `type` member of its account files. */
  readonly type: string;
  /** A fresh state that nobody can guess. */
  readonly newState: () => string;
  /** Milliseconds before its end that a token is refreshed; `undefined`: only when a request needs it. */
  readonly refreshLead: number | undefined;
  /**
   * Trades the refresh token for new ones. Yields members to store, each as soon as it is known, so that a rotated
   * token is on disk before anything else can fail. Throws ProviderError.
   */
  readonly refresh: (content: Fields, call: ProviderCall) => AsyncGenerator<Fields, void>;
}

/** A login in the browser, which is then sent to an address on this machine. */
export interface CodeProvider extends Common {
  readonly flow: 'code';
  /** The port and path registered with the provider, and the path on our main port. */
  readonly callback: { readonly port: number; readonly path: string; readonly route: string };
  /** The address to open, and the verifier for the exchange (`''` where the provider knows no PKCE). */
  readonly begin: (state: string) => { readonly url: string; readonly verifier: string };
  /** Trades the code for an account. Throws ProviderError. */
  readonly exchange: (grant: Grant, call: ProviderCall, enriching: Enriching) => Promise<NewAccount>;
}

/** What a device login shows while it waits. */
export interface DeviceStart {
  readonly url: string;
  readonly userCode: string;
  readonly deviceCode: string;
  readonly verifier: string;
  /** Milliseconds. */
  readonly lifetime: number;
  readonly interval: number;
}

/** A login on any device, which we ask about until it is decided (RFC 8628). */
export interface DeviceProvider extends Common {
  readonly flow: 'device';
  /** Throws ProviderError. */
  readonly begin: (call: ProviderCall) => Promise<DeviceStart>;
  /** One question; `pending` and `slow-down` mean to ask again. Throws ProviderError. */
  readonly poll: (start: DeviceStart, call: ProviderCall) => Promise<NewAccount | 'pending' | 'slow-down'>;
}

export type LoginProvider = CodeProvider | DeviceProvider;
