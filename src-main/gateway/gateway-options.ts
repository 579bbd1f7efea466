// What the gateway is made of and what it offers to the rest of the program.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../../src-shared/config.ts';
import type { ClientUse } from '../../src-shared/contract/client-policies.ts';
import type { Cooldown } from '../../src-shared/contract/cooldowns.ts';
import type { RecentRequest } from '../../src-shared/contract/recent-requests.ts';
import type { RouteExplanation } from '../../src-shared/contract/route.ts';
import type { Actor } from '../../src-shared/operation.ts';
import type { LearnedModels } from '../accounts/learned-models.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { Provider } from '../providers/provider.ts';
import type { BindingClaims } from '../storage/binding-claims.ts';
import type { CooldownStore } from '../storage/cooldown-store.ts';
import type { Counters } from '../storage/counters.ts';
import type { OwnerStore } from '../storage/owner-store.ts';
import type { Slots } from '../storage/slots.ts';
import type { UsageQueue } from '../usage/usage-queue.ts';
import type { UsageStore } from '../usage/usage-store.ts';
import type { RouteQuery } from './policies/explain-route.ts';
import type { LimitObserver } from './records/limit-observer.ts';
import type { RequestObserver } from './records/request-observer.ts';
import type { RequestSink } from './records/request-record.ts';
import type { AccountSource } from './routing/account-source.ts';
import type { LimitSource } from './routing/order/limit-room.ts';
import type { KeyTrafficRows } from './usage/key-traffic.ts';

/** The config in force and its changes. */
export interface ConfigSource {
  readonly current: {
    readonly config: Config;
    /** Its top-level keys in the order of the file. */
    readonly keyOrder?: readonly string[];
  };
  onChange(listener: () => void): Disposer;
}

export interface GatewayOptions {
  readonly config: ConfigSource;
  readonly accounts: AccountSource;
  readonly dispatchers: Dispatchers;
  readonly usage: Pick<UsageStore, 'record'>;
  /** Keeps finished requests for programs that book them. Default: nobody does. */
  readonly usageQueue?: Pick<UsageQueue, 'add'>;
  /** Told of requests as they go on. */
  readonly requests: RequestSink;
  /** Told how requests and the calls of upstreams end. Default: nobody. */
  readonly observer?: RequestObserver;
  /** What stands for a client key, equal over restarts. */
  readonly keyId: (key: string) => string;
  readonly log: Logger;
  /** Where logs of single requests go. */
  readonly logFolder: string;
  readonly clock?: Clock;
  readonly version: string;
  /** Where `save-cooldown-status` keeps cooldowns. Default: nowhere. */
  readonly cooldownStore?: CooldownStore;
  /** Where it is kept which credential made a file or a batch. Default: in memory. */
  readonly ownerStore?: OwnerStore | undefined;
  /** What stands for a credential in them. Default: a digest of its id. */
  readonly credentialDigest?: ((credentialId: string) => string) | undefined;
  /** Sessions of all instances on one database. Default: those of this one. */
  readonly bindingClaims?: BindingClaims | undefined;
  /** The instance of a shared database that this is: its name, and the time by the database. Default: this machine. */
  readonly instance?: { readonly name: string; readonly now: () => number } | undefined;
  /** Requests that run on all instances on one database. Default: those of this one. */
  readonly slots?: Slots | undefined;
  /** What clients used of their limits. */
  readonly counters: Counters;
  /** The limits of keys and accounts: told of every response, asked for `soonest-reset`. Default: nothing is known. */
  readonly limits?: LimitSource & LimitObserver;
  /** The providers that requests go to. Default: those of the table. */
  readonly providers?: readonly Provider[];
  /** Names of models that accounts are known to have. Default: those that this gateway finds out. */
  readonly learned?: LearnedModels;
}

export interface Gateway {
  /** Whether requests for this path, with or without query, are the gateway's. */
  claims(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** WebSockets. What is not accepted is for `handle`. */
  readonly upgrades: {
    readonly accepts: (request: IncomingMessage) => boolean;
    readonly handle: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  };
  /** Takes no new requests; those that still run after `graceMs` get an error in their own format. */
  close(options: { readonly graceMs: number }): Promise<void>;
  /** For `GET /api-key-usage`. */
  keyUsage(): KeyTrafficRows;
  /** Names of the models that clients can ask for, in the order in which they are listed. */
  models(): readonly string[];
  /** The model of the pool, or the chain, that a client means by a name; undefined for one that nobody is known to offer. */
  listedModel(name: string): string | undefined;
  /** Requests at present; `queued`: those of them that wait for a place. */
  load(): { readonly running: number; readonly queued: number };
  /** How the last requests ended, newest first. */
  recentRequests(): readonly RecentRequest[];
  onRecentRequests(listener: () => void): Disposer;
  /** Keys and accounts that are cooling down. */
  cooldowns(): readonly Cooldown[];
  onCooldowns(listener: () => void): Disposer;
  /** Takes up the cooldowns of the last run. Never rejects. */
  restoreCooldowns(): Promise<void>;
  /** Where a request would go, and why. Rejects with Problem for a client that is named by its key, or that there is not. */
  explainRoute(query: RouteQuery): Promise<RouteExplanation>;
  /** Every client key with what it used of its limits. Throws Problem `unavailable` while that cannot be read. */
  clientUsage(): Promise<readonly ClientUse[]>;
  /** Ends the cooldowns of one key or account file, or of all; how many ended. Throws Problem `item_not_found`. */
  resetCooldown(id: string | undefined, actor: Actor): number;
  /** Ends the cooldowns of one key or account; the models they were for. Throws Problem `auth_not_found`. */
  resetQuota(authIndex: string, actor: Actor): readonly string[];
}
