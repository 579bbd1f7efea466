// What the program needs to know of one provider: how to sign in, how to renew tokens, how to ask it.
import type { ProviderRow } from '../../src-shared/provider-row.ts';
import type { FormatName } from '../gateway/formats/formats.ts';
import type { Refusal } from '../gateway/model/errors/refusal.ts';
import type { Fields, ProviderHttp } from '../net/provider-request.ts';
import type { ServiceRoutes } from './service-routes.ts';

/** What a provider's own code may use while it talks to the provider. */
export interface ProviderCall extends ProviderHttp {
  /** Milliseconds since the epoch, never the same twice. It names accounts that have no name of their own. */
  readonly uniqueTime: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly pause: (ms: number) => Promise<void>;
  /** The client id that the config names for this provider (`oauth-client-ids`), `''` without one. */
  readonly clientId: string;
}

/** An account as a login ends with it. */
export interface NewAccount {
  /** The file name without `.json`, in parts that are not yet cleaned. */
  readonly fileName: readonly string[];
  /** Tells accounts apart that have equal file names. A member is ignored where the file has none. */
  readonly identity: Readonly<Record<string, string>>;
  /** The member of `identity` whose hash tells two files of one name apart. Default: all of them together. */
  readonly hashedBy?: string;
  /** The member of `identity` that alone decides where a file has it too: an id of the person, which never changes. */
  readonly decidedBy?: string;
  /** The members of the file in their order, `type` included. */
  readonly content: Fields;
}

/** What the browser brings back from the provider's page. */
export interface Grant {
  readonly code: string;
  readonly state: string;
  readonly verifier: string;
  /** Where the browser was sent, `''` in the manual flow. */
  readonly redirectUri: string;
  /** The Google Cloud project that the person asked for. */
  readonly projectId: string | undefined;
}

/** Called when the tokens are there and further questions follow. */
export type Enriching = () => void;

/** A sign-in in the browser that ends with a code: `browser` sends it to this machine, `manual` shows it. */
export interface CodeSignIn {
  readonly flow: 'browser' | 'manual';
  /** A fresh state that nobody can guess. */
  readonly newState: () => string;
  /** Paths the browser is sent to: `path` on the registered port, `route` on the server's own port. */
  readonly callback: { readonly path: string; readonly route: string };
  /** The page to open, and the verifier for the exchange (`''` where the provider does not use PKCE). */
  readonly begin: (state: string, redirectUri: string) => { readonly url: string; readonly verifier: string };
  /** Trades the code for tokens or for an API key. Throws ProviderError. */
  readonly exchange: (grant: Grant, call: ProviderCall, enriching: Enriching) => Promise<NewAccount>;
}

/** What a device login shows while it waits. */
export interface DeviceStart {
  readonly url: string;
  readonly userCode: string;
  readonly deviceCode: string;
  /** `''` where the provider does not use PKCE, or makes the verifier itself. */
  readonly verifier: string;
  readonly lifetimeMs: number;
  readonly intervalMs: number;
}

/** Makes an account of what the person has allowed. Called once. Throws ProviderError. */
export type FinishDevice = (call: ProviderCall, enriching: Enriching) => Promise<NewAccount>;

/** A sign-in on any device. The provider is polled until the person has decided (RFC 8628). */
export interface DeviceSignIn {
  readonly flow: 'device';
  readonly newState: () => string;
  /** Throws ProviderError. */
  readonly begin: (call: ProviderCall) => Promise<DeviceStart>;
  /** Polls once; `pending` and `slow-down` mean to poll again. Throws ProviderError. */
  readonly poll: (start: DeviceStart, call: ProviderCall) => Promise<FinishDevice | 'pending' | 'slow-down'>;
}

/** A sign-in with a file that the provider has issued. */
export interface FileSignIn {
  readonly flow: 'file';
  /** `location`: where the models are to run, `''` for the usual place. Throws Problem that says what is wrong. */
  readonly read: (text: string, location: string) => NewAccount;
}

export type LoginSignIn = CodeSignIn | DeviceSignIn;
export type SignIn = LoginSignIn | FileSignIn;

/** How the tokens of an account are renewed. */
export interface Refresh {
  /** Milliseconds before its end that a token is renewed; `undefined`: only when a request needs it. */
  readonly leadMs: number | undefined;
  /** What is traded for new tokens, `''` when there is nothing. Default: the refresh token. */
  readonly secretOf?: (content: Fields) => string;
  /** Whether tokens are kept in memory only, since the file holds what makes new ones at any time. Default: no. */
  readonly inMemory?: true;
  /**
   * Yields members to store, each as soon as it is known, so that a rotated token is on disk before anything else can
   * fail. Throws ProviderError.
   */
  readonly renew: (content: Fields, call: ProviderCall) => AsyncGenerator<Fields, void>;
}

/** What is asked of an upstream. */
export interface UpstreamAction {
  readonly model: string;
  readonly action: 'generate' | 'count';
  readonly stream: boolean;
}

export type Headers = Readonly<Record<string, string>>;

/** On whose behalf an upstream is asked: an API key, or the content of an account file. */
export interface Access {
  /** `''` without a key, and for accounts. */
  readonly key: string;
  readonly account: Fields | undefined;
}

/** A name that stands for another model with a fixed effort. */
export interface EffortName {
  readonly model: string;
  readonly effort: 'minimal' | 'low' | 'medium' | 'high';
}

/** How requests to models are sent. */
export interface Upstream {
  readonly format: FormatName;
  /** Below the base address. */
  readonly path: (action: UpstreamAction) => string;
  readonly auth: (access: Access) => Headers;
  /** Headers the service cannot do without. The client's own value wins. */
  readonly needs?: Headers;
  /** The client's headers that are passed on. */
  readonly passes: readonly string[];
  /** Whether it counts tokens. */
  readonly counts: boolean;
  /** Routes beside the format's own. Undefined: none. */
  readonly services?: ServiceRoutes;
  readonly effortNames?: ReadonlyMap<string, EffortName>;
  /** Whether account files have no token: one is made before the first request. */
  readonly mintsTokens?: true;
  /** What its error responses mean, the first that fits counts. */
  readonly refusals?: readonly Refusal[];
  /** The request for the catalogue of models that the vendor gives its own clients, by the version of the client. */
  readonly catalogue?: (access: Access, clientVersion: string) => { readonly url: string; readonly headers: Headers };
  /** For accounts with a quota per project: models to ask instead when that of a model is used up. */
  readonly projectQuota?: { readonly previewsOf: (model: string) => readonly string[] };
}

export interface AccountUpstream extends Upstream {
  /**
   * Without a slash at its end. Where a file may name the address it is checked here, because tokens are sent there;
   * `undefined`: the account cannot be used.
   */
  readonly baseUrl: (content: Fields) => string | undefined;
  /** Absent: the provider has no such question. */
  readonly limitsQuestion?: LimitsQuestion;
  /**
   * The request for the models that the vendor has for an account; `after`: the last one of the page before. Absent:
   * the vendor has no such list.
   */
  readonly modelList?: (
    content: Fields,
    after: string | undefined,
  ) => { readonly url: string; readonly headers: Headers };
}

/** How the provider is asked for the limits of an account. */
export interface LimitsQuestion {
  readonly request: (content: Fields) => { readonly url: string; readonly headers: Headers };
  /** The response as the headers that the provider sends with responses to models. */
  readonly asHeaders: (body: Fields) => Headers;
}

/** How a provider is asked for its models. */
export interface ModelListing {
  /** The request for the list of models, by which a key is tested. `baseUrl` has no slash at its end. */
  readonly modelList: (baseUrl: string, key: string) => { readonly url: string; readonly headers: Headers };
  /** Whether models of that list are offered beside the known ones. */
  readonly offersListed: boolean;
}

export interface KeyUpstream extends Upstream, ModelListing {}

export interface Provider {
  readonly row: ProviderRow;
  /** One for each flow of the row, in the same order. */
  readonly signIns?: readonly [SignIn, ...SignIn[]];
  readonly refresh?: Refresh;
  /** For a provider that has closed or ended its logins: a sentence that follows what a failed login or refresh says. */
  readonly ended?: string;
  readonly upstream: { readonly account?: AccountUpstream; readonly key?: KeyUpstream };
  readonly models: {
    /** Who is named as their owner. */
    readonly owner: string;
    /** Those that are known without asking. */
    readonly names: readonly string[];
    /** What the vendor's names look like (`*` for any characters): it judges itself which of them it has. */
    readonly family?: readonly string[];
    /** Names by which clients ask what is known of its models, beside its id. */
    readonly channels?: readonly string[];
  };
}
