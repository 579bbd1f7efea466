// One key or account that can answer requests, with the models it offers.

import type { Account } from '../../accounts/account.ts';
import type { ModelListing, Upstream } from '../../providers/provider.ts';
import type { Bound } from './bounds/places.ts';

export interface OfferedModel {
  /** As clients name it. */
  readonly name: string;
  /** As the upstream names it. */
  readonly upstream: string;
  readonly owner: string;
  /** What responses name as their model. Absent: what the upstream names. */
  readonly shownAs?: string;
}

/** How a key or account is chosen among others, as its entry in the config or its file says. */
export interface Choice {
  /** Credentials with a higher one are asked first. */
  readonly priority: number;
  /** Its share of the requests while the strategy goes by weights; 0: only when there is no other. */
  readonly weight: number;
}

export const defaultChoice: Choice = { priority: 0, weight: 1 };

/** What a credential has of its own beside what the config says for all. */
export interface OwnRules {
  /** Further rounds in which it is asked; absent: as the config says. */
  readonly requestRetry?: number | undefined;
  /** Whether it never cools down; absent: as the config says. */
  readonly disableCooling?: boolean | undefined;
}

/** Negative numbers mean what the config says. */
export const notNegative = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 ? value : undefined;

export interface Credential extends Choice, OwnRules {
  /** Stays the same over reloads as long as the key does. */
  readonly id: string;
  /** Groups credentials that take turns: the id of a provider, or the name that a compatible one has in the config. */
  readonly provider: string;
  readonly upstream: Upstream;
  /** Whether `provider` is a name from the config, by which clients may ask for it. */
  readonly isNamed: boolean;
  /** How the provider is asked for its models. */
  readonly listing: ModelListing | undefined;
  /** For logs and errors: never the key. */
  readonly label: string;
  /** Who pays: the key or the account's e-mail. Masked before it is shown. */
  readonly source: string;
  /** As configs name it: the name of a compatible provider, else that of its list of keys; an account's file name. */
  readonly sourceName: string;
  /** The same in words for clients: nothing of an account's file name or e-mail address. */
  readonly publicSource: string;
  /** Equal over restarts and in all answers of the management API. */
  readonly authIndex: string;
  /** How many requests it may answer at the same time, and its entry. */
  readonly bounds: readonly Bound[];
  readonly baseUrl: string;
  /** The trimmed `base-url` of its entry in the config; `''` without one, and for accounts. */
  readonly configuredUrl: string;
  /** `''`: the global one. */
  readonly proxyUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `''` without a key, and for accounts. */
  readonly key: string;
  readonly account?: Account;
  /** Whether it is asked over a WebSocket for clients that ask over one. */
  readonly usesWebSockets?: boolean | undefined;
  /** Whether it wants earlier reasoning back, whatever is known of its models. */
  readonly reasoningHistory?: boolean;
  /** A name that clients may put, with a slash, before that of a model; `''`: none. */
  readonly prefix: string;
  /** The models that are listed. The same name more than once: they take turns. */
  readonly models: readonly OfferedModel[];
  /** Models that it serves without listing them, because an alias stands in their place. */
  readonly hidden: readonly OfferedModel[];
  /** What the names of its vendor's models look like. */
  readonly family: Family;
  /** The config names the models; else they are those that are known of the service. */
  readonly hasOwnModels: boolean;
}

export interface Family {
  /** `*` stands for any characters, case does not matter. */
  readonly patterns: readonly string[];
  /** Whether such a name is served though nobody has named it yet: the vendor says whether there is such a model. */
  readonly isServed: boolean;
  /** Names that are not served whatever they look like. */
  readonly excluded: readonly string[];
  readonly owner: string;
}

/** One way to answer a request. */
export interface Candidate {
  readonly credential: Credential;
  /** As the upstream names it. */
  readonly model: string;
  /** What responses name as their model. Absent: what the upstream names. */
  readonly shownAs?: string | undefined;
}
