// What a row of the table of providers says.

/**
 * How a person gets to an account by a login: in the browser, which is then sent back to an address on this machine; in
 * the browser, which then shows a code to paste; on any device, by typing a code there (RFC 8628).
 */
export const loginFlows = ['browser', 'manual', 'device'] as const;
export type LoginFlow = (typeof loginFlows)[number];
/** The same, or without a login: by a file that the provider has issued. */
export type SignInFlow = LoginFlow | 'file';

/** What people should know before they sign in. Its sentences stand in the texts of the window. */
export interface SignInNotice {
  /**
   * `ended`: the provider lets nobody in any more; `restricted`: only some; `terms`: it works, but the provider's terms
   * speak against it.
   */
  readonly kind: 'ended' | 'restricted' | 'terms';
  /** The day since which this holds, and the day on which we read it (ISO 8601). */
  readonly since: string;
  readonly read: string;
  /** The provider's own words. */
  readonly url?: string;
  /** Providers that work instead, those whose keys are meant first. */
  readonly instead: readonly string[];
}

export interface SignInRow {
  /** Name of the login, as in `GET /codex-auth-url` and `#/accounts/login/codex`. */
  readonly login: string;
  /** Values of `type` in its account files. The first is the one that is written. */
  readonly types: readonly string[];
  /** Other names by which clients call the login when they hand in an answer. */
  readonly aliases: readonly string[];
  /** The flows there are. The first is used unless another is asked for. */
  readonly flows: readonly [SignInFlow, ...SignInFlow[]];
  /** The port on this machine that is registered with the provider. */
  readonly callbackPort?: number;
  /** Whether the person may choose a Google Cloud project. */
  readonly asksForProject?: true;
  /** Whether the config has to name a client id (`oauth-client-ids`), because the provider gives this program none. */
  readonly needsClientId?: true;
  /** Where people see and delete the API keys that its logins make: removing an account here does not end its key. */
  readonly keyPage?: string;
  readonly notice?: SignInNotice;
}

export interface KeyListRow {
  /** Name of the list in the config. */
  readonly list: string;
  /**
   * How entries are written: `compact` leaves empty fields out and drops blank and repeated keys, `complete` always
   * writes key, base URL and proxy, `named` is one named provider with many keys.
   */
  readonly entries: 'compact' | 'complete' | 'named';
  readonly baseUrl: string;
  /** Whether an entry must have a base URL of its own. */
  readonly baseUrlNeeded?: true;
  /** Whether its services speak the Responses API, and so may be asked over a WebSocket. */
  readonly webSockets?: true;
  /** What a form shows in an empty field, where that is not `baseUrl`. */
  readonly exampleUrl?: string;
}

export interface ProviderRow {
  /** As accounts, logs, `oauth-model-alias` and the window's addresses name it. */
  readonly id: string;
  readonly title: string;
  /** Two letters that stand for it in lists. */
  readonly mark: string;
  /** For providers with accounts. */
  readonly signIn?: SignInRow;
  /** For providers with API keys. */
  readonly keys?: KeyListRow;
}
